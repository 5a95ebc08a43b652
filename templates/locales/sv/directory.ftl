# Hitta ASF: sök, filter, karta, uppslag på organisationsnummer, och det som står om ett ASF.

directory-distance = Hur nära?
directory-works-there = Arbetar på orten
directory-within = Finns inom { $km } km
directory-cpv = CPV-kod
directory-chosen = (valt, ta bort)
directory-total =
    { $count ->
        [0] Inga ASF
        [one] 1 ASF
       *[other] { $count } ASF
    }
directory-in-order = I bokstavsordning.
directory-to-filter = Till filtren
directory-km = { $km } km bort
directory-save = Spara listan:
directory-or = eller
directory-number-link = Slå upp ett organisationsnummer
directory-clear = Ta bort alla filter
directory-filter = Begränsa
directory-map = Var?
directory-map-hint = Schematisk karta. Siffran är hur många som arbetar där.
directory-map-list = Kommunerna som lista
directory-sector = Vad?
directory-more-sectors =
    { $count ->
        [one] 1 bransch till
       *[other] { $count } branscher till
    }
directory-people = Hur många kan arbeta samtidigt?
directory-people-least = Minst { $count } personer
directory-reserved = Reserverad upphandling
directory-reserved-hint = Ändamål och andel från målgruppen är noterade, med datum. Du bedömer själv om det räcker.
directory-reserved-choice = Har noterade uppgifter
directory-number-title = Är det ett ASF?
directory-number-lead = Skriv ett organisationsnummer, så ser du om det hör till ett ASF som är med här.
directory-number-hint = Till exempel 556000-4615
directory-number-button = Slå upp
directory-number-yes = { $number } är med här
directory-number-no = { $number } är inte med här
directory-number-no-text = Det kan ändå vara ett ASF. Nummer som hör till en enskild person slår vi inte upp.

asf-basis = På vilken grund?
asf-basis-self-declared = Egen uppgift
asf-basis-association = Med i en förening för ASF
asf-basis-skoopi-list = Finns på Skoopis ASF-lista
asf-basis-certified = Certifierat
asf-facts = Uppgifter om företaget
asf-facts-hint = Det här är noterade uppgifter med datum. Den som upphandlar bedömer själv om de räcker.
asf-fact-basis = Grund för att kallas ASF
asf-fact-basis-none = Egen uppgift, utan datum
asf-fact-purpose = Ändamål i stadgarna
asf-fact-share = Andel sysselsatta från målgruppen
asf-fact-percent = { $percent } procent
asf-fact-as-of = uppgift { $date }
asf-fact-missing = Inte noterat
asf-similar = Andra som gör liknande saker
asf-table-name = ASF
asf-column-name = Namn
asf-column-org-no = Organisationsnummer
asf-column-seat = Finns i
asf-column-area = Arbetar i
asf-column-capabilities = Gör
asf-column-people = Personer samtidigt
asf-column-basis = Grund
asf-column-website = Webbplats
asf-column-page = Sida

rejected-basis = Välj på vilken grund företaget är ett ASF.
rejected-fact-kind = Välj vilken uppgift det gäller.
rejected-fact-purpose = Skriv meningen om ändamålet, högst 1 000 tecken.
rejected-fact-share = Skriv andelen i hela procent, från 0 till 100.
rejected-fact-how = Skriv hur ni har räknat.
rejected-fact-how-length = Skriv högst 1 000 tecken.
rejected-fact-day = Skriv vilken dag uppgiften gällde, till exempel 2026-03-01. Det kan inte vara en dag som inte har varit.
