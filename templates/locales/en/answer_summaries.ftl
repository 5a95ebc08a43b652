### Summary of the answers, to the buyer.

answer-summary-subject = Answers to your need: { $title }
answer-summary-lead = This is how the social enterprises have answered so far:
answer-summary-yes = These want the work:
answer-summary-maybe = These are thinking:
answer-summary-no =
    { $count ->
        [one] One ASF declines:
       *[other] { $count } ASF decline:
    }
answer-summary-reason-wrong-work = { $count }: it is not work that they do
answer-summary-reason-too-large = { $count }: the job is too large
answer-summary-reason-wrong-place = { $count }: it is too far away
answer-summary-reason-no-time = { $count }: they have no time now
answer-summary-reason-other = { $count }: some other reason
answer-summary-silent =
    { $count ->
        [0] Nobody else has been asked.
        [one] One ASF has not answered yet.
       *[other] { $count } ASF have not answered yet.
    }
answer-summary-next-yes = Have you not been in touch with those who want the work? They wait for you.
answer-summary-next = You need not do anything. If somebody says yes you get a mail with the address.
