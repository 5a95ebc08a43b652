### The coordinator's week: what needs a human.

coordinator-subject =
    { $count ->
        [one] Week { $week }: one thing needs you
       *[other] Week { $week }: { $count } things need you
    }
coordinator-lead = This needs a human this week:
coordinator-matter-need =
    { $count ->
        [one] A need waits for your yes
       *[other] { $count } needs wait for your yes
    }
coordinator-do-need = They are not mailed before you approve them.
coordinator-matter-address =
    { $count ->
        [one] An address does not work
       *[other] { $count } addresses do not work
    }
coordinator-do-address = Call and ask for a new one.
coordinator-matter-task =
    { $count ->
        [one] Another task waits
       *[other] { $count } other tasks wait
    }
coordinator-do-task = Read and tick off.
coordinator-matter-proposal =
    { $count ->
        [one] A proposal to the ledger
       *[other] { $count } proposals to the ledger
    }
coordinator-do-proposal = Are they right? Accept or put aside.
coordinator-matter-claim =
    { $count ->
        [one] An entry of the ledger lacks evidence
       *[other] { $count } entries of the ledger lack evidence
    }
coordinator-do-claim = They have waited for 30 days. Ask for an invoice or an agreement.
coordinator-matter-silent-30 =
    { $count ->
        [one] An ASF has not answered for a month
       *[other] { $count } ASF have not answered for a month
    }
coordinator-do-silent-30 = Call and ask whether the mails suit them.
coordinator-matter-silent-10 =
    { $count ->
        [one] An ASF has not answered for ten days
       *[other] { $count } ASF have not answered for ten days
    }
coordinator-do-silent-10 = A reminder may help.
coordinator-matter-profile =
    { $count ->
        [one] An ASF has not said whether its profile is right
       *[other] { $count } ASF have not said whether their profiles are right
    }
coordinator-do-profile = We asked more than a month ago.
coordinator-matter-gap =
    { $count ->
        [one] A need fits nobody
       *[other] { $count } needs fit nobody
    }
coordinator-do-gap = Do you know somebody who can? Add it to the profile.
coordinator-more =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
coordinator-why = You get this mail because you are a coordinator in { $service }. It comes on Mondays, and only when something waits.
