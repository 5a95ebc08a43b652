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
