# Vad sidorna om det som kommer in säger: karantän, regler för utskick och text som blir behov.

quarantine-title = Karantän
quarantine-lead = Det här gick inte att läsa in. Inget är borta. Rätta felet och försök igen.
quarantine-retried =
    { $taken ->
        [one] 1 post gick in
       *[other] { $taken } poster gick in
    }, { $left } är kvar.
quarantine-refused = Gick inte att läsa ({ $count })
quarantine-retry-all = Försök igen med alla
quarantine-retry = Försök igen
quarantine-retry-of = Försök igen med { $record } i { $source }
quarantine-dismiss = Släng
quarantine-dismiss-of = Släng { $record } i { $source }
quarantine-tries =
    { $count ->
        [one] försökt en gång
       *[other] försökt { $count } gånger
    }
quarantine-raw = Visa vad som stod
quarantine-cut = Vi har inte kvar hela posten. Läs in filen på nytt när den är rättad.
quarantine-empty = Allt har gått att läsa in.
quarantine-twins = Samma behov från två källor ({ $count })
quarantine-twins-lead = Vi behåller det som kom först. Så här skulle det bli om det nya gällde.
quarantine-no-twins = Inget behov har kommit från två källor.
quarantine-would-change = Det som skulle ändras
quarantine-field = Uppgift
quarantine-stored = Nu
quarantine-incoming = I det nya
quarantine-same = Båda säger samma sak.
