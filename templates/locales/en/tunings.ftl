### Correcting what the matcher goes by in a need.

tuning-link = Adjust the matching
tuning-tuned = adjusted
tuning-title = Adjust the matching
tuning-lead = Help the matcher where the buyer's words, codes or place are not enough. The buyer's text is not changed. You see what it would give before you save.
tuning-preview = Not saved yet.
tuning-gained = { $count ->
    [0] Nobody is added.
    [one] 1 is added.
   *[other] { $count } are added.
}
tuning-lost = { $count ->
    [0] Nobody drops out.
    [one] 1 drops out.
   *[other] { $count } drop out.
}
tuning-holds = An adjustment holds now. It stays even when a new version of the notice comes in.
tuning-who = Who gets the suggestion
tuning-nobody = No ASF fits. Add words, or add an ASF yourself below.
tuning-change-new = added
tuning-change-gone = drops out
tuning-change-stronger = stronger
tuning-change-weaker = weaker
tuning-change-same = as now
tuning-before = Now:
tuning-after = After:
tuning-none = no suggestion
tuning-answered = Has answered already. The answer stays.
tuning-added = { $name } was added by the coordinator
tuning-exclude = Leave out { $name }
tuning-correct = Correct
tuning-words = Words that say what the work is
tuning-hint-words = They are added to the buyer's own.
tuning-sector = Trade
tuning-no-sector = Add none
tuning-cpv = Right CPV codes
tuning-hint-cpv = They hold instead of the notice's: { $codes }
tuning-places = Right place
tuning-hint-places = Municipality or code, for example Habo or 06. Holds instead of the notice's: { $places }
tuning-new-asf = Add an ASF
tuning-hint-new-asf = Name, a part of the name, or organisation number.
tuning-reason = Why
tuning-hint-reason = Needed when you add or leave out an ASF. The one you add may read it.
tuning-show = Show what it would give
tuning-save = Save the adjustment
tuning-history = Earlier adjustments
tuning-taken-back = Taken back { $at } by { $by }
tuning-replaced = Replaced by a later one
tuning-count-added = { $count ->
    [one] 1 ASF added
   *[other] { $count } ASF added
}
tuning-count-excluded = { $count ->
    [one] 1 ASF left out
   *[other] { $count } ASF left out
}
tuning-take-back = Take the adjustment back

rejected-tuning-empty = Write or choose something to change.
rejected-tuning-length = Write at most 300 characters.
rejected-tuning-many = That is too many. At most 50.
rejected-tuning-reason = Write why you add or leave out an ASF.
rejected-tuning-asf-unknown = We find no ASF of that name. Write a part of the name, or the organisation number.
rejected-tuning-asf-several = Several ASF have that name. Write more of it, or the organisation number.
