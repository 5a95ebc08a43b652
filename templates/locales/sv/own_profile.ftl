# Ett ASF:s egen profil: vad det gör, när det vilar, vad som är noterat, och vad det har lett till.

profile-title = Profil för { $name }
profile-public = Så ser andra er sida
profile-saved = Sparat. Nya behov som passar letas upp direkt.
profile-edit = Ändra er profil
profile-gains = Fler behov skulle passa
profile-gain-resume =
    { $more ->
        [one] Avsluta pausen: 1 öppet behov väntar.
       *[other] Avsluta pausen: { $more } öppna behov väntar.
    }
profile-gain-codes =
    { $more ->
        [one] Lägg till CPV-koder: 1 öppet behov till skulle passa.
       *[other] Lägg till CPV-koder: { $more } öppna behov till skulle passa.
    }
profile-gain-larger =
    { $more ->
        [one] Höj ert största uppdrag: 1 öppet behov till skulle passa.
       *[other] Höj ert största uppdrag: { $more } öppna behov till skulle passa.
    }
profile-gain-county =
    { $more ->
        [one] Arbeta i hela länet: 1 öppet behov till skulle passa.
       *[other] Arbeta i hela länet: { $more } öppna behov till skulle passa.
    }
profile-capabilities = Det här gör ni
profile-add = Lägg till något ni gör
profile-change = Ändra
profile-remove = Ta bort
profile-save = Spara
profile-field-title = Vad gör ni?
profile-hint-title = Kort, till exempel Städning av kontor
profile-field-text = Berätta mer
profile-hint-text = Med egna ord. Orden används för att hitta behov som passar.
profile-field-people = Hur många kan arbeta samtidigt?
profile-field-hours = Timmar i veckan
profile-field-largest = Största uppdrag i kronor
profile-hint-largest = Utan moms. Större behov visas inte som något ni klarar ensamma.
profile-field-earliest = Kan börja tidigast
profile-field-cpv = CPV-koder
profile-hint-cpv = Åtta siffror, med komma mellan. Hoppa över om ni inte vet.
profile-pause = Ta en paus
profile-pause-until = Till vilken dag?
profile-pause-hint = Till dess får ni inga nya förslag och inga veckobrev.
profile-pause-button = Pausa
profile-resume = Avsluta pausen
profile-facts-hint = Den som reserverar en upphandling vill veta det här. Det står på er sida med datum. Det som stod förut finns kvar i historiken.
profile-fact-which = Vilken uppgift vill ni notera?
profile-fact-purpose = Meningen om ändamålet
profile-fact-purpose-hint = Ordagrant ur stadgarna eller bolagsordningen.
profile-fact-share = Andel i procent
profile-fact-how = Hur har ni räknat, eller vilken förening?
profile-fact-how-hint = Till exempel antal personer eller timmar, och vilka som räknas in.
profile-fact-day = Vilken dag gällde det?
profile-fact-save = Notera
profile-figures = Så här har det gått
profile-figure-suggested = Behov som har föreslagits
profile-figure-open = Väntar på svar
profile-figure-yes = Ni svarade ja
profile-figure-maybe = Ni svarade kanske
profile-figure-no = Ni svarade nej
profile-see-needs = Se behoven
profile-see-ledger = Se anbud, affärer och stöd

rejected-capability-title = Skriv vad ni gör, högst 120 tecken.
rejected-capability-text = Skriv högst 3 000 tecken.
rejected-capability-people = Skriv antalet personer med siffror, 1 till 1 000.
rejected-capability-hours = Skriv timmarna med siffror, 1 till 40 000.
rejected-capability-largest = Skriv beloppet i hela kronor.
rejected-capability-many = Ni har redan 30 saker i listan. Ta bort en först.
rejected-pause = Välj en dag som inte har varit, högst två år fram.
rejected-basis-own = Den grunden noterar samordnaren. Hör av er dit.
