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

mail-rules-title = What is mailed
mail-rules-lead = Everything that comes in can be found. Here you decide what may stand in the mails.
mail-rules-open = open needs
mail-rules-mailed = may be mailed
mail-rules-waiting-count = wait for you
mail-rules-waiting = Waiting for approval
mail-rules-none-waiting = Nothing waits for you.
mail-rules-approve = Approve
mail-rules-approve-of = Approve { $title }
mail-rules-reject = Reject
mail-rules-reject-of = Reject { $title }
mail-rules-rules = Rules
mail-rules-filters = Mail only needs that fit here
mail-rules-places = Places
mail-rules-hint-places = Municipality, county code or NUTS code, parted by commas. Empty means everywhere.
mail-rules-unknown-place = Hold back needs whose place we do not know
mail-rules-cpv = CPV codes
mail-rules-hint-cpv = The beginning of codes, for example 909, 55. Needs without a code are mailed all the same.
mail-rules-min-value = Smallest value in SEK
mail-rules-max-value = Largest value in SEK
mail-rules-hint-value = Needs without a value are mailed all the same.
mail-rules-max-age = Published at most so many days ago
mail-rules-silent-sources = Sources that are never mailed
mail-rules-hint-sources = Parted by commas. Sources so far: { $sources }
mail-rules-approval = Approve first
mail-rules-strangers = Needs from companies without an account
mail-rules-approved-sources = Sources where you want to approve every need
mail-rules-held =
    { $count ->
        [0] Holds nothing back now.
        [one] Holds back 1 need now.
       *[other] Holds back { $count } needs now.
    }
mail-rules-decided = Decided by { $by } { $date }.
mail-rules-rejected =
    { $count ->
        [one] 1 open need is rejected.
       *[other] { $count } open needs are rejected.
    }
mail-rules-save = Save the rules

needs-paste-title = A need from a mail
needs-paste-lead = Paste a mail or a few lines. We read what we can, and you check it before anything is sent.
needs-paste-field = Text
needs-paste-hint = The subject line and the sender help.
needs-paste-button = Read the text
needs-read-check = This is what we read. Check it and fill in the rest. Nothing is stored yet.
needs-read-kind = Looks like
needs-read-sector = Trade
needs-read-other-places = Other places in the text
needs-read-unknown = Not known
needs-new-field-cpv = CPV code
needs-new-hint-cpv = Eight digits. Remove the code if it is wrong.
rejected-pasted-empty = Paste a text.
