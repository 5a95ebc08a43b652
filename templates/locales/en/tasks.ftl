### Tasks: what a human must do.

site-nav-tasks = Tasks
tasks-title = Tasks
tasks-lead = This waits for you or somebody else in the project.
tasks-empty = Nothing waits right now.
tasks-done = Done
task-kind-call = The mails do not arrive. Call and ask for an address that works.
task-kind-complaint = The reader reported the mail as unwanted. The address gets no more mail. Call and ask how they want it.
task-kind-mail-refused = A mail server does not want mail from us. Run samhandla doctor and mend what is wrong.
task-kind-bounce-unclear = A mail came back and we do not understand why. Read it in the mailbox.
task-kind-mail-failed = The mail has not arrived after a day of trying. Call and tell them.
task-kind-evidence = Ask for evidence. It has been missing for more than 30 days.
task-kind-pending = Ask how it goes. Half of the period has passed, and it is not done.
task-kind-review = Decide whether it counts.
task-kind-silence = Get in touch. Nothing has been written down for three months.
tasks-since = Since { $date }
tasks-done-of = Done: { $subject }
tasks-queue-proposals =
    { $count ->
        [one] 1 proposal waits for a yes or a no
       *[other] { $count } proposals wait for a yes or a no
    }
tasks-queue-needs =
    { $count ->
        [one] 1 need waits for approval to be mailed
       *[other] { $count } needs wait for approval to be mailed
    }
tasks-queue-quarantine =
    { $count ->
        [one] 1 record could not be read
       *[other] { $count } records could not be read
    }
