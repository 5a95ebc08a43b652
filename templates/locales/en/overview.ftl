### The coordinator's first page, gaps, and the board of pairings.

overview-title = To do now
overview-lead = These need a human. Begin at the top.
overview-oldest = { $days ->
    [0] Oldest: today
    [one] Oldest: { $date }, 1 day ago
   *[other] Oldest: { $date }, { $days } days ago
}
overview-nothing = All done
overview-nothing-text = Nothing waits for you right now. Well done! Have a look at the latest answers below.
overview-answers = Latest answers
overview-answers-lead = Open an answer to write down what it led to. All answers are under
overview-empty = Nobody has answered yes or maybe yet. The weekly mails are in the mailbox:
overview-more = More

overview-pile-needs = { $count ->
    [one] 1 need waits for your yes
   *[other] { $count } needs wait for your yes
}
overview-do-needs = Read and approve, ask for a change or say no. Until then they are not mailed.
overview-pile-profiles = { $count ->
    [one] 1 profile waits for your yes
   *[other] { $count } profiles wait for your yes
}
overview-do-profiles = Read and approve, ask for a change or say no. Until then they are not shown and get no suggestions.
overview-pile-unanswered = { $count ->
    [one] 1 suggestion was mailed but not answered for 10 days
   *[other] { $count } suggestions were mailed but not answered for 10 days
}
overview-do-unanswered = Do call. They can still be answered.
overview-pile-without-deal = { $count ->
    [one] 1 yes has been silent for 30 days
   *[other] { $count } yes have been silent for 30 days
}
overview-do-without-deal = Ask both sides what it led to, and write it down.
overview-pile-claims = { $count ->
    [one] 1 claim for the targets lacks evidence or a decision
   *[other] { $count } claims for the targets lack evidence or a decision
}
overview-do-claims = Ask for evidence, or decide whether it counts.
overview-pile-proposals = { $count ->
    [one] 1 proposed event to decide on
   *[other] { $count } proposed events to decide on
}
overview-do-proposals = Take in what is right and dismiss the rest.
overview-pile-bounced = { $count ->
    [one] 1 e-mail address does not work
   *[other] { $count } e-mail addresses do not work
}
overview-do-bounced = Call and ask for an address that works.
overview-pile-unmet = { $count ->
    [one] 1 buyer has a need that nobody fits
   *[other] { $count } needs have nobody who fits
}
overview-do-unmet = Is there somebody after all? Adjust the need, or tell the buyer.
overview-pile-quiet = { $count ->
    [one] 1 ASF has had no suggestion for four weeks
   *[other] { $count } ASF have had no suggestion for four weeks
}
overview-do-quiet = Help them to write more words about what they can do.
overview-pile-quarantine = { $count ->
    [one] 1 record in quarantine
   *[other] { $count } records in quarantine
}
overview-do-quarantine = They could not be read. Mend and try again, or let them go.
overview-pile-tasks = { $count ->
    [one] 1 more task
   *[other] { $count } more tasks
}
overview-do-tasks = For example mails that have not arrived.

gaps-title = Gaps
gaps-lead = Buyers who wait for somebody, and ASF who wait for a need.
gaps-needs = Needs that nobody fits
gaps-needs-lead = Somebody wrote them and waits for an answer. The longest wait first.
gaps-no-needs = Every buyer who waits has had at least one suggestion.
gaps-asf = ASF without a suggestion for four weeks
gaps-asf-lead = Most often words about what they can do are missing, or the area is too small.
gaps-no-asf = Every ASF has had suggestions in the last four weeks.
gaps-no-email = no e-mail

board-title = Pairings
board-stages = How far they have come
board-stage-all = All
board-stage-suggested = Suggested
board-stage-mailed = Mailed
board-stage-yes = Yes
board-stage-maybe = Maybe
board-stage-no = No
board-stage-introduced = Introduced
board-stage-deal = Deal
board-silent-mailed = Only what was mailed at least so many days ago, is not answered and can still be answered.
board-silent-introduced = Only those yes that nobody has told more of for so many days.
board-silent-any = Only what somebody should ask about.
board-filter-asf = ASF, a part of the name
board-filter-buyer = Buyer, a part of the name
board-filter-week = Week of the mail, for example 2026-W48
board-filter-days = At least so many days
board-show = Show
board-column-need = Need
board-column-lot = Lot
board-column-asf = ASF
board-column-buyer = Buyer
board-column-place = Place
board-column-strength = Strength
board-column-stage = Stage
board-column-since = Since
board-column-deadline = Last day
board-column-reason = Reason for no
board-column-note = Note
board-strength-strong = fits well
board-strength-possible = may fit
board-deal-link = Write down what it led to
board-export = Take along all that is shown:
board-xlsx = Excel
board-csv = CSV
board-empty = Nothing fits what you have chosen.

rejected-board-stage = Choose a stage in the row above.
rejected-board-days = Write a number of days in digits, for example 10.
rejected-board-name = Write at most 100 characters.
