### Mejlen. Du-tilltal i uppmaningar, "ni" om företaget.

mail-hello = Hej!
mail-sender = Mejlet kommer från { $service }.

## Inloggning

mail-sign-in-subject = Logga in i { $service }
mail-sign-in-link = Öppna länken för att logga in. Den gäller i { $minutes } minuter och kan användas en gång.
mail-sign-in-button = Logga in
mail-sign-in-code = Läser du mejlet på en annan enhet än den du vill logga in på? Skriv då koden på inloggningssidan:
mail-sign-in-confirm = Ge inte koden till någon annan. Vi frågar aldrig efter den.
mail-sign-in-why = Du får mejlet för att någon bad om att logga in med din adress. Var det inte du behöver du inte göra något.

## Bekräfta ett behov

confirm-need-subject = Bekräfta: { $title }
confirm-need-received = Tack! Vi har tagit emot ditt behov i { $service }:
confirm-need-link = Ingen ser det förrän du har bekräftat. Öppna sidan och tryck på knappen:
confirm-need-button = Bekräfta behovet
confirm-need-after = Sedan visar vi vilka sociala företag som kan passa och frågar dem. Du får ett mejl när någon svarar.
confirm-need-why = Du får mejlet för att någon lade in ett behov med din adress. Var det inte du behöver du inte göra något: då händer ingenting.

## Veckobrevet

digest-subject-new =
    { $count ->
        [one] 1 ny förfrågan
       *[other] { $count } nya förfrågningar
    }
digest-subject-closing =
    { $count ->
        [one] 1 förfrågan väntar på svar
       *[other] { $count } förfrågningar väntar på svar
    }
digest-subject-mixed =
    { $new ->
        [one] { $count } förfrågningar, 1 ny
       *[other] { $count } förfrågningar, { $new } nya
    }
digest-subject-deadline =
    { $count ->
        [one] – stänger { $day }
       *[other] { $closing ->
            [one] – en stänger { $day }
           *[other] – { $closing } stänger { $day }
        }
    }
digest-title = Förfrågningar vecka { $week }
digest-hello = Hej { $name }!
digest-intro =
    { $count ->
        [one] Här är en förfrågan som kan passa er.
       *[other] Här är { $count } förfrågningar som kan passa er.
    }
digest-how = Du svarar med ett klick och bekräftar på sidan som öppnas. Du behöver inte logga in.
digest-lot = Del: { $title }
digest-mark-new = Ny.
digest-mark-closing-soon = Stänger snart.
digest-mark-changed = Ändrad.
digest-changed-deadline = Sista dag flyttad till { $day }.
digest-changed-no-deadline = Sista dag är borttagen.
digest-changed-scope = Arbetet är beskrivet på ett nytt sätt.
digest-changed-place = Platsen är ändrad.
digest-changed-value = Värdet är ändrat.
digest-strength-strong = Passar bra.
digest-strength-possible = Kan passa.
digest-buyer = Köpare: { $buyer }
digest-place = Plats: { $place }
digest-deadline = Sista dag: { $when }
digest-planned = Tidig signal: köparen planerar. Det går inte att lämna anbud än.
digest-dis = Dynamiskt inköpssystem: ni ansöker om att komma med och lämnar anbud vid varje köp.
digest-framework = Ramavtal: köparen beställer efter hand.
digest-no-deadline = Ingen sista dag är satt.
digest-value = Värde: ungefär { $value } utan moms
digest-reserved = Reserverad: bara vissa får vara med, till exempel sociala företag
digest-reasons = Därför får ni den:
digest-objections = Tänk på:
digest-read = Läs mer:
digest-answer = Är det något för er?
digest-answer-yes = Ja
digest-answer-maybe = Kanske
digest-answer-no = Nej
digest-why = Du får brevet för att { $name } är med i { $service }.
digest-how-often = Det kommer högst en gång i veckan, och bara när det finns något som kan passa er.
digest-unsubscribe = Sluta få veckobrevet

## När ett företag har sagt ja

intro-next = Så går ni vidare
intro-deal = Ledde det till något? Berätta det här, det tar en minut:
intro-deal-button = Berätta hur det gick
intro-asf-subject = Ni har sagt ja: { $title }
intro-asf-yes = Ni har sagt ja till det här från { $buyer }:
intro-asf-yes-told = Ni har sagt ja, och vi har berättat det för { $buyer }. Det gäller:
intro-asf-contact = Så når du { $buyer }:
intro-asf-notice = Annonsen och alla handlingar:
intro-asf-notice-link = Öppna annonsen och alla handlingar
intro-asf-note = Det här skrev ni till köparen:
intro-asf-next-request = Köparen har fått er adress och kan höra av sig. Hör du inget på ett par dagar är det bra att du själv skriver eller ringer.
intro-asf-next-direct-award = Köparen har fått er adress. Skriv gärna redan nu vad ni kan göra, när ni kan börja och vad det kostar. Köparen bestämmer om det blir ett köp.
intro-asf-next-tender = Ditt ja är inget anbud. Läs handlingarna och lämna anbudet där annonsen säger, före sista dagen. Frågor om upphandlingen ställer du också där, så att alla får samma svar.
intro-asf-why = Du får mejlet för att ni har svarat ja i { $service }.
intro-buyer-subject = { $asf } vill göra jobbet: { $title }
intro-buyer-yes = { $asf } har sagt ja till ditt behov:
intro-buyer-about = Läs om { $asf }:
intro-buyer-about-link = Läs om { $asf }
intro-buyer-contact = Så når du { $asf }:
intro-buyer-note = Företaget skriver:
intro-buyer-reasons = Därför föreslog vi företaget:
intro-buyer-next-request = Skriv eller ring och berätta mer om jobbet. Företaget har fått din adress och väntar på att du hör av dig.
intro-buyer-next-direct-award = Kontakta företaget och be om ett förslag. Lagen säger när en direktupphandling ska dokumenteras (19 a kap. 11 § LOU).
intro-buyer-next-tender = Det här är ett tecken på intresse, inget anbud. Anbud lämnas så som annonsen säger, och frågor besvaras lika för alla.

## När ett företag har sagt kanske eller nej

buyer-why = Du får mejlet för att du har lagt in ett behov i { $service }.
