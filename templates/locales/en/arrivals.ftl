# What the pages about what comes in say: quarantine, rules for what is mailed, and text that becomes a need.

quarantine-title = Quarantine
quarantine-lead = This could not be read. Nothing is lost. Mend what is wrong and try again.
quarantine-retried =
    { $taken ->
        [one] 1 record went in
       *[other] { $taken } records went in
    }, { $left } left.
quarantine-refused = Could not be read ({ $count })
quarantine-retry-all = Try them all again
quarantine-retry = Try again
quarantine-retry-of = Try { $record } in { $source } again
quarantine-dismiss = Discard
quarantine-dismiss-of = Discard { $record } in { $source }
quarantine-tries =
    { $count ->
        [one] tried once
       *[other] tried { $count } times
    }
quarantine-raw = Show what it said
quarantine-cut = We do not have the whole record. Import the file again when it is mended.
quarantine-empty = Everything could be read.
quarantine-twins = The same need from two sources ({ $count })
quarantine-twins-lead = We keep what came first. This is what the new one would change.
quarantine-no-twins = No need has come from two sources.
quarantine-would-change = What would change
quarantine-field = Fact
quarantine-stored = Now
quarantine-incoming = In the new one
quarantine-same = Both say the same.
