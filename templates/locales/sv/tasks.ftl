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
