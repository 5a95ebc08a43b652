### Uppgifter: det som en människa måste göra.

site-nav-tasks = Uppgifter
tasks-title = Uppgifter
tasks-lead = Det här väntar på dig eller någon annan i projektet.
tasks-empty = Inget väntar just nu.
tasks-done = Klart
task-kind-call = Mejlen kommer inte fram. Ring och fråga efter en adress som fungerar.
task-kind-complaint = Mottagaren har anmält mejlet som oönskat. Adressen får inga fler mejl. Ring och fråga hur de vill ha det.
task-kind-mail-refused = En mejlserver vill inte ha mejl från oss. Kör samhandla doctor och rätta det som är fel.
task-kind-bounce-unclear = Ett mejl kom tillbaka, och vi förstår inte varför. Läs det i brevlådan.
task-kind-mail-failed = Mejlet har inte kommit fram efter ett dygn av försök. Ring och berätta.
task-kind-evidence = Be om underlag. Uppgiften har stått utan i mer än 30 dagar.
task-kind-pending = Fråga hur det går. Halva perioden har gått, och det är inte klart.
task-kind-review = Bedöm om det räknas.
task-kind-silence = Hör av dig. Ingen har skrivit in något på tre månader.
tasks-since = Sedan { $date }
tasks-done-of = Klart: { $subject }
tasks-queue-proposals =
    { $count ->
        [one] 1 förslag väntar på ja eller nej
       *[other] { $count } förslag väntar på ja eller nej
    }
tasks-queue-needs =
    { $count ->
        [one] 1 behov väntar på att få mejlas
       *[other] { $count } behov väntar på att få mejlas
    }
tasks-queue-quarantine =
    { $count ->
        [one] 1 rad gick inte att läsa
       *[other] { $count } rader gick inte att läsa
    }
