### How the service is: the page of whoever runs it.

status-title = How the service is
status-well = All looks well.
status-look = Something needs a look. It is marked below.
status-version = Version
status-database = Database
status-migrations = Shape of the database
status-pending = { $count ->
    [one] 1 change has not run
   *[other] { $count } changes have not run
}
status-none-pending = It is the latest.
status-disk = Free on the disk
status-free = { $size } GB, { $percent } per cent
status-unknown = Unknown
status-index = Search index
status-index-broken = cannot be opened
status-documents = { $count ->
    [one] 1 document.
   *[other] { $count } documents.
}
status-lag = { $count ->
    [0] In step with the database.
    [one] 1 change behind the database.
   *[other] { $count } changes behind the database.
}
status-compared = Compared with the database now: { $missing } missing, { $ghosts } too many.
status-compare = Compare with the database
status-matcher = Matching
status-bounces = Mails that came back
status-bounced = { $count ->
    [one] 1 in 30 days.
   *[other] { $count } in 30 days.
}
status-suppressed = { $count ->
    [one] 1 address gets no more mail.
   *[other] { $count } addresses get no more mail.
}
status-staff = Coordinators and operators
status-checks = Settings
status-ok = well
status-wrong = look
status-check-data-directory = Folder of the data
status-check-mail = Mail server
status-check-fetching = Fetching of notices
status-check-tls = Encrypted way to the mail server (TLS)
status-check-spf = Who may send for the domain (SPF)
status-check-dkim = Signature on the mails (DKIM)
status-check-dmarc = Rules for forged mails (DMARC)
status-doctor = For advice on each setting, run
status-outbox = Mails
status-state = State
status-number = Number
status-oldest = Oldest
status-no-messages = No mails have been written yet.
status-state-ready = Waiting
status-state-sending = On their way
status-state-sent = Sent
status-state-uncertain = Uncertain whether they arrived
status-state-failed = Could not be sent
status-state-suppressed = Stopped, the address does not work
status-state-cancelled = Cancelled
status-jobs = Jobs that run by themselves
status-job = Job
status-last = Last
status-next = Next
status-running = Running
status-never = Not yet
status-no-jobs = No jobs yet. They are put here when the service is started with samhandla serve.
