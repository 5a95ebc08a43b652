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

mail-rules-title = Det som mejlas ut
mail-rules-lead = Allt som kommer in går att söka. Här bestämmer du vad som får komma med i breven.
mail-rules-open = öppna behov
mail-rules-mailed = får mejlas
mail-rules-waiting-count = väntar på dig
mail-rules-waiting = Väntar på att godkännas
mail-rules-none-waiting = Inget väntar på dig.
mail-rules-approve = Godkänn
mail-rules-approve-of = Godkänn { $title }
mail-rules-reject = Avslå
mail-rules-reject-of = Avslå { $title }
mail-rules-rules = Regler
mail-rules-filters = Mejla bara behov som passar här
mail-rules-places = Platser
mail-rules-hint-places = Kommun, länskod eller NUTS-kod, med komma emellan. Tomt betyder överallt.
mail-rules-unknown-place = Håll inne behov där vi inte vet platsen
mail-rules-cpv = CPV-koder
mail-rules-hint-cpv = Början på koder, till exempel 909, 55. Behov utan kod mejlas ändå.
mail-rules-min-value = Minsta värde i kronor
mail-rules-max-value = Största värde i kronor
mail-rules-hint-value = Behov utan värde mejlas ändå.
mail-rules-max-age = Publicerat för högst så här många dagar sedan
mail-rules-silent-sources = Källor som aldrig mejlas
mail-rules-hint-sources = Med komma emellan. Källor hittills: { $sources }
mail-rules-approval = Godkänn först
mail-rules-strangers = Behov från företag som inte har konto
mail-rules-approved-sources = Källor där du vill godkänna varje behov
mail-rules-held =
    { $count ->
        [0] Håller inte inne något nu.
        [one] Håller inne 1 behov nu.
       *[other] Håller inne { $count } behov nu.
    }
mail-rules-decided = Bestämt av { $by } { $date }.
mail-rules-rejected =
    { $count ->
        [one] 1 öppet behov är avslaget.
       *[other] { $count } öppna behov är avslagna.
    }
mail-rules-save = Spara reglerna

needs-paste-title = Behov från ett mejl
needs-paste-lead = Klistra in ett mejl eller några rader. Vi läser ut det vi kan, och du kontrollerar innan något skickas.
needs-paste-field = Text
needs-paste-hint = Ta gärna med ämnesraden och avsändaren.
needs-paste-button = Läs texten
needs-read-check = Det här har vi läst ur texten. Kontrollera och fyll i resten. Inget är sparat än.
needs-read-kind = Ser ut som
needs-read-sector = Bransch
needs-read-other-places = Andra platser i texten
needs-read-unknown = Vet inte
needs-new-field-cpv = CPV-kod
needs-new-hint-cpv = Åtta siffror. Ta bort koden om den inte stämmer.
rejected-pasted-empty = Klistra in en text.
