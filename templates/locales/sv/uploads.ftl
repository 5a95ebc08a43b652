# Uppladdning av filer med ASF och behov: vad filen skulle göra, och knappen som gör det.

uploads-nav = Läs in
uploads-title-asf = Läs in sociala företag
uploads-title-needs = Läs in behov
uploads-lead = Välj en fil. Först visar vi vad den skulle ändra. Inget sparas förrän du säger till.
uploads-other = Andra filer
uploads-taken =
    Klart. { $created ->
        [one] 1 ny
       *[other] { $created } nya
    }, { $updated ->
        [one] 1 ändrad
       *[other] { $updated } ändrade
    }, { $unchanged ->
        [one] 1 som förut.
       *[other] { $unchanged } som förut.
    }
uploads-taken-rejected =
    { $count ->
        [one] 1 gick inte att läsa. Den ligger i karantänen.
       *[other] { $count } gick inte att läsa. De ligger i karantänen.
    }
uploads-template = Mall att fylla i
uploads-template-text = Mallen har alla kolumner och en rad som exempel. Har du en egen fil med andra rubriker går den också bra.
uploads-template-xlsx-asf = Mall för sociala företag, Excel
uploads-template-csv-asf = Mall för sociala företag, CSV
uploads-template-xlsx-needs = Mall för behov, Excel
uploads-template-csv-needs = Mall för behov, CSV
uploads-choose = Din fil
uploads-file = Fil
uploads-file-hint-asf = Excel (.xlsx), CSV eller JSON. Högst 10 MB och 5 000 företag.
uploads-file-hint-needs = Excel (.xlsx), CSV, JSON, annonser i XML, ett flöde eller en zip-fil med sådana. Högst 10 MB och 5 000 behov.
uploads-look = Visa vad filen skulle göra
uploads-look-title = Det här skulle { $name } göra
uploads-look-lead = Inget är sparat än. Filen väntar här i ett dygn.
uploads-created = Nya
uploads-updated = Ändras
uploads-unchanged = Som förut
uploads-rejected = Går inte att läsa
uploads-skipped = Annat, hoppas över
uploads-twins =
    { $count ->
        [one] 1 behov finns redan från en annan källa. Det ligger kvar som det är, och skillnaden visas i karantänen.
       *[other] { $count } behov finns redan från en annan källa. De ligger kvar som de är, och skillnaden visas i karantänen.
    }
uploads-take = Läs in filen
uploads-dismiss = Släng filen
uploads-refused =
    { $count ->
        [one] 1 går inte att läsa
       *[other] { $count } går inte att läsa
    }
uploads-refused-text = Resten går att läsa in ändå. Det här hamnar i karantänen, där du kan försöka igen.
uploads-changes =
    { $count ->
        [one] 1 ändras
       *[other] { $count } ändras
    }
uploads-changed-otherwise = { $name }: bara sådant som inte visas här ändras.
uploads-new =
    { $count ->
        [one] 1 ny
       *[other] { $count } nya
    }
uploads-more = Och { $count } till.
uploads-headings = Filens rubriker
uploads-headings-text = Så läser vi rubrikerna. Ändra om något blev fel. Vi minns det till nästa fil med samma rubriker.
uploads-unread =
    { $count ->
        [one] 1 rubrik läses inte.
       *[other] { $count } rubriker läses inte.
    }
uploads-heading = ”{ $name }” betyder
uploads-heading-none = Läs inte
uploads-headings-save = Spara och visa igen

privacy-what-files = Om en fil inte går att läsa in: de rader som blev fel, precis som de stod. De ligger i karantänen, där bara personalen ser dem, i högst 90 dagar efter senaste försöket. En uppladdad fil som ingen läser in slängs efter ett dygn.

rejected-upload-empty = Välj en fil. Den här är tom.
rejected-upload-size = Filen är större än 10 MB. Dela den i flera.
rejected-upload-type = Det här är ingen fil vi kan läsa. Spara den som Excel (.xlsx) eller CSV och försök igen.
rejected-upload-nothing = Vi hittade inget att läsa i filen.
rejected-upload-records = Filen har fler än 5 000 poster. Dela den i flera.
rejected-upload-kind = Välj om filen handlar om sociala företag eller behov.

file-place-row = Rad { $row }
file-place-rows = Rad { $first } till { $last }
file-place-file = Hela filen
file-place-notice = Annonsen

difference-name = Namn
difference-legal-form = Organisationsform
difference-municipality = Säte
difference-website = Webbplats
difference-email = E-post
difference-area = Arbetar i
difference-capabilities = Kan göra
difference-title = Rubrik
difference-text = Beskrivning
difference-buyer = Köpare
difference-kind = Slag
difference-status = Läge
difference-url = Länk
difference-lots = Antal delar
difference-deadline = Sista dag
difference-value = Värde i kronor
difference-cpv = CPV-koder
difference-place = Plats
difference-in-lot = { $field }, { $lot }

column-org-no = Organisationsnummer
column-unit = Enhet
column-name = Namn
column-legal-form = Organisationsform
column-municipality = Kommun
column-postal-code = Postnummer
column-website = Webbplats
column-email = E-post
column-area = Arbetar i
column-capability-title = Kan göra, rubrik
column-capability-text = Kan göra, beskrivning
column-cpv = CPV-koder
column-people = Antal personer
column-hours-per-week = Timmar i veckan
column-max-value-sek = Största uppdrag i kronor
column-earliest-start = Kan börja tidigast
column-external-id = Id hos den som skickar
column-kind = Slag: request, tender eller direct_award
column-title = Rubrik
column-text = Beskrivning
column-buyer-name = Köpare
column-buyer-org-no = Köparens organisationsnummer
column-buyer-kind = Köparens slag: private, public eller nonprofit
column-nuts = Plats som NUTS-kod
column-value-sek = Värde i kronor
column-deadline = Sista dag
column-start = Börjar
column-end = Slutar
column-reservation = Reserverad
column-url = Länk
column-lot = Del
column-published = Publicerad
