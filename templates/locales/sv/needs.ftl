# What the pages about needs, lots and suggestions say.

needs-list-title = Se behov
needs-list-words = Vad söker du?
needs-list-asked = De som passar bäst står först.
needs-list-all = De senaste står först.
needs-list-empty = Vi hittade inget öppet behov
needs-list-see-all = Se alla öppna behov
needs-deadline = Svara senast { $date }
needs-lots =
    { $count ->
        [one] 1 del
       *[other] { $count } delar
    }
needs-reserved = Reserverad
needs-planned = Planeras, går inte att svara på än
needs-kind-request = Förfrågan
needs-kind-tender = Upphandling
needs-kind-direct-award = Direktupphandling
needs-status-unconfirmed = Inte bekräftat
needs-status-open = Öppet
needs-status-planned = Planeras
needs-status-closed = Stängt
needs-early-signal = Ingen anbudstid än. Det här är en tidig signal: köparen planerar och har inte bett om anbud.
needs-just-confirmed = Tack! Behovet är öppet och de ASF som passar får det.
needs-terms-heading = Tid, plats och villkor
needs-lots-heading = Upphandlingen har { $count } delar
needs-notice = Officiell annons
needs-notice-link = Läs den officiella annonsen
needs-notice-rules = Det är annonsen som gäller. Anbud lämnas där, inte här.
needs-notice-missing = Vi har ingen länk till annonsen. Sök på titeln i en registrerad annonsdatabas, för det är annonsen som gäller.
needs-direct-award = Köparen gör en direktupphandling, utan annons. Den som är intresserad svarar i veckobrevet.
needs-interested = Är ni ett ASF?
needs-interested-text = Om behovet passar er kommer det i veckobrevet. Där svarar ni ja, kanske eller nej.
needs-pairings =
    { $count ->
        [one] 1 ASF passar
       *[other] { $count } ASF passar
    }
needs-pairings-own = Ert förslag
needs-no-pairings = Inget ASF passar än. Kommer det ett nytt som gör det ser du det här.
needs-declined =
    { $count ->
        [one] Ett ASF har tackat nej.
       *[other] { $count } ASF har tackat nej.
    }
needs-declined-reasons = Skäl:

lot-deadline = Svara senast
lot-no-deadline = Inget sista datum
lot-past = Tiden har gått ut
lot-days-left =
    { $days ->
        [0] sista dagen i dag
        [one] 1 dag kvar
       *[other] { $days } dagar kvar
    }
lot-deadline-doubtful = Annonsen säger två olika tider. Vi visar den tidigare. Kontrollera i annonsen.
lot-place = Plats
lot-value = Uppskattat värde
lot-value-note = utan moms
lot-period = När
lot-from-to = { $from } till { $to }
lot-from = från { $from }
lot-to = till { $to }
lot-reservation = Vem får lämna anbud?
lot-reservation-none = Alla leverantörer.
lot-reservation-sheltered-or-integration = Bara skyddade verkstäder och leverantörer som har till huvudsyfte att människor ska komma in i samhället och arbetslivet. Minst 30 procent av dem som är sysselsatta ska höra till gruppen. (4 kap. 18 § LOU)
lot-reservation-sheltered-programme = Den som kan låta arbetet göras inom ett program för skyddad anställning. Minst 30 procent av dem som är sysselsatta ska höra till gruppen. (4 kap. 18 § LOU)
lot-reservation-participatory = Bara organisationer med ett allmännyttigt uppdrag som lägger tillbaka vinsten i verksamheten och där personal eller brukare är med och bestämmer. Kontraktet får gälla högst tre år. (19 kap. 25 § LOU)
lot-reservation-nonprofit = Bara idéburna organisationer. (19 kap. 25 a § LOU)
lot-social = Social hänsyn
lot-social-employment = Arbete åt människor som står långt från arbetsmarknaden (17 kap. 1 § LOU)
lot-social-dialogue = Dialog om sysselsättning
lot-social-award-criterion = Räknas när anbuden jämförs
lot-social-reservation = Upphandlingen är reserverad
lot-social-direct-purchase-stated = Står i underlaget till direktköpet
lot-social-unclear = Annonsen nämner ett socialt mål men inte vilket
lot-cpv = CPV-kod
lot-closed-awarded = Avgjord
lot-closed-no-winner = Avslutad utan vinnare
lot-closed-cancelled = Avbruten av köparen
lot-winners =
    { $count ->
        [one] Vinnare
       *[other] Vinnare ({ $count })
    }
lot-winner-shared = tillsammans med andra
lot-deadline-raw = Så står tiden i annonsen
lot-dis = Dynamiskt inköpssystem
lot-dis-yes = Ja. Nya leverantörer kan ansöka så länge systemet är öppet.
lot-framework = Ramavtal
lot-framework-competition = Ja, med ny konkurrens vid varje köp.
lot-framework-direct = Ja, utan ny konkurrens.
lot-framework-mixed = Ja, ibland med ny konkurrens.
lot-framework-unspecified = Ja.
lot-length = Hur länge
lot-length-days =
    { $number ->
        [one] en dag
       *[other] { $number } dagar
    }
lot-length-weeks =
    { $number ->
        [one] en vecka
       *[other] { $number } veckor
    }
lot-length-months =
    { $number ->
        [one] en månad
       *[other] { $number } månader
    }
lot-length-years =
    { $number ->
        [one] ett år
       *[other] { $number } år
    }
lot-length-unlimited = Tills vidare
lot-sme = Mindre företag
lot-sme-yes = Köparen skriver att det passar små och medelstora företag.
lot-objectives = Sociala mål
lot-objective-acc-all = Tillgänglighet för alla
lot-objective-et-eq = Lika rättigheter oavsett etnisk bakgrund
lot-objective-gen-eq = Jämställdhet
lot-objective-hum-right = Mänskliga rättigheter i leverantörskedjan
lot-objective-opp = Arbete åt långtidsarbetslösa och andra som står långt från arbetsmarknaden
lot-objective-other = Annat socialt mål
lot-objective-work-cond = Rättvisa arbetsvillkor
lot-strategy = Vad köparen vill uppnå
lot-performance = Villkor för arbetet
lot-note = Mer information
lot-documents = Underlag
lot-documents-link = Öppna underlaget
lot-tender = Anbud
lot-tender-link = Här lämnas anbud

why-more =
    { $count ->
        [one] Visa 1 skäl till
       *[other] Visa { $count } skäl till
    }

pairing-strength-strong = Passar bra
pairing-strength-possible = Kan passa
pairing-state-suggested = Inte svarat
pairing-state-yes = Ja
pairing-state-maybe = Kanske
pairing-state-no = Nej
pairing-state-withdrawn = Passar inte längre
pairing-declined-because = Skäl:
pairing-deal-link = Vad ledde det till?

needs-new-title = Lägg upp ett behov
needs-new-lead = Det tar ungefär tre minuter. Du behöver inget konto, men du bekräftar med ett mejl.
needs-new-what = Vad behöver du?
needs-new-field-title = Kort om behovet
needs-new-hint-title = Till exempel ”Städning av kontor två gånger i veckan”
needs-new-field-text = Beskriv vad som ska göras
needs-new-hint-text = Hur mycket, hur ofta, och om det är något särskilt man bör veta.
needs-new-field-value = Ungefärligt värde i kronor, utan moms
needs-new-hint-value = Räkna hela tiden, även förlängningar. Då slipper de som är för små eller för stora svara nej.
needs-new-where = Var och när?
needs-new-field-place = Var ska det göras?
needs-new-choose-place = Välj plats
needs-new-field-deadline = När vill du senast ha svar?
needs-new-hint-deadline = Ge dem minst en vecka. Veckobrevet går ut på tisdagar.
needs-new-field-start = Första dagen för arbetet
needs-new-field-end = Sista dagen för arbetet
needs-new-who = Vem är du?
needs-new-field-kind = Vad är ni för köpare?
needs-new-kind-private = Företag
needs-new-kind-public = Kommun, region, myndighet eller offentligt bolag
needs-new-hint-public = Samhandla är ingen registrerad annonsdatabas. Ska köpet annonseras behöver vi länken till annonsen.
needs-new-kind-nonprofit = Förening eller annan idéburen organisation
needs-new-field-name = Organisationens namn
needs-new-field-org-no = Organisationsnummer
needs-new-hint-org-no = Till exempel 559900-1236
needs-new-field-url = Länk till den officiella annonsen
needs-new-hint-url = Bara om det är en annonserad upphandling.
needs-new-field-email = Din e-postadress
needs-new-hint-email = Hit kommer bekräftelsen och svaren. Adressen visas bara för den som svarar ja.
needs-new-button = Skicka behovet

needs-received-title = Kolla din e-post
needs-received-lead = Vi har skickat en länk till { $email }. Klicka på den så öppnas behovet.
needs-received-why = Vi gör så för att ingen ska kunna lägga upp något i ditt namn. Länken gäller i sju dagar.
needs-received-missing = Kommer inget mejl? Titta i skräpposten, eller fyll i behovet igen med rätt adress.
needs-received-onward = Se andras behov så länge

needs-confirm-title = Stämmer det här?
needs-confirm-lead = Tryck på knappen så visas behovet för alla, och de ASF som passar får det.
needs-guess-trades = Vi uppfattar det som: { $trades }.
needs-guess-choose = Passar någon av de här koderna?
needs-guess-hint = Det är CPV, EU:s koder för det som köps. Kryssa i det som stämmer, så hittar rätt ASF behovet. Inget kryss går också bra.
needs-guessed = Gissade koder. Köparen har inte valt dem, och förslagen använder dem inte:
needs-confirm-button = Bekräfta och öppna behovet

rejected-title-empty = Skriv vad behovet gäller
rejected-title-length = Korta rubriken till högst 120 tecken
rejected-text-empty = Beskriv vad som ska göras
rejected-text-length = Korta beskrivningen till högst 5 000 tecken
rejected-value = Skriv värdet med siffror, till exempel 150 000
rejected-value-over-limit = Köp på 700 000 kronor eller mer behöver annonseras. Lägg till länken till annonsen.
rejected-place-empty = Välj var det ska göras
rejected-date = Skriv datumet som år, månad, dag, till exempel 2027-03-01
rejected-deadline-empty = Skriv när du senast vill ha svar
rejected-deadline-past = Välj en dag som inte har varit
rejected-end-before-start = Sista dagen kommer före den första
rejected-buyer-kind-empty = Välj vad ni är för köpare
rejected-buyer-name-empty = Skriv organisationens namn
rejected-buyer-name-length = Korta namnet till högst 200 tecken
rejected-url = Länken ska börja med https://
