# What every page, the start page, the search pages and the error pages say.

site-skip = Hoppa till innehållet
site-nav = Huvudmeny
site-nav-asf = Hitta ASF
site-nav-needs = Se behov
site-nav-post = Lägg upp behov
site-nav-targets = Mål
site-nav-overview = Översikt
site-nav-outbox = Brevlåda
site-nav-mail-rules = Utskick
site-nav-quarantine = Karantän
site-sign-in = Logga in
site-sign-out = Logga ut
site-signed-in-as = Du är inloggad som { $email }
site-foot = Samhandla för ihop arbetsintegrerande sociala företag med dem som behöver något gjort.
site-accessibility = Tillgänglighet
site-privacy = Integritet

place-sweden-option = Hela Sverige
place-unknown = Plats inte angiven

form-error = Fel:
form-errors =
    { $count ->
        [one] Det är en sak att rätta
       *[other] Det är { $count } saker att rätta
    }
form-optional = (om du vill)

start-title = Få jobbet gjort
start-heading = Få jobbet gjort – och ge fler ett jobb.
start-lead = Arbetsintegrerande sociala företag (ASF) städar, lagar mat, sköter grönska, reparerar och mycket mer. Samhandla visar dig vilka som passar det du behöver, och varför.
start-search-label = Vad behöver du få gjort?
start-search-hint = Till exempel städning, lunch till möten eller snöskottning
start-search-button = Hitta ASF
start-or = Vill du hellre att de hör av sig till dig?
start-post = Lägg upp ett behov
start-count-asf = ASF
start-count-needs =
    { $count ->
        [one] öppet behov
       *[other] öppna behov
    }
start-count-sectors =
    { $count ->
        [one] bransch
       *[other] branscher
    }
start-latest = Senaste behoven
start-all-needs = Se alla behov
start-no-needs = Just nu finns inga öppna behov.
start-how = Så går det till
start-step-1 = Du berättar.
start-step-1-text = Skriv vad du behöver, var och när. Du behöver inget konto.
start-step-2 = Vi letar.
start-step-2-text = De ASF som passar får ditt behov, med skälen till att just de får det.
start-step-3 = De svarar.
start-step-3-text = Säger någon ja presenterar vi er för varandra med ett mejl. Sedan är det ert.
start-what-is-asf = Vad är ett ASF?
start-what-is-asf-text = Ett företag som säljer varor och tjänster för att människor som har haft svårt att få jobb ska få ett. De som arbetar där är med och bestämmer. Vinsten går mest tillbaka in i verksamheten, och företaget är fristående från det offentliga.

search-place = Var?
search-anywhere = Var som helst
search-cpv = CPV-kod
search-unread-cpv = CPV-koden går inte att läsa. Den ska ha åtta siffror. Vi sökte utan den.
search-button = Sök
search-instead = Inget för ”{ $typed }”. Visar ”{ $instead }”.
search-why = Varför den finns med:
search-found-word = Träff på ”{ $word }”
search-pages = Fler sidor
search-previous = Föregående
search-next = Nästa
search-try-simpler = Prova ett enklare ord, till exempel ”städ” i stället för ”lokalvårdstjänster”.
search-try-anywhere = Sök på alla platser

asf-list-title = Hitta ASF
asf-list-words = Vad behöver du få gjort?
asf-list-asked = De som passar bäst står först.
asf-list-all = Alla ASF som är med här.
asf-list-ask-title = Slipp leta själv
asf-list-ask = Lägg upp vad du behöver, så frågar vi alla som passar.
asf-list-empty = Vi hittade inget ASF
asf-list-empty-post = Lägg upp behovet ändå. Det visas för nya ASF så fort de kommer med.
asf-seat = Finns i
asf-area = Arbetar i
asf-form = Företagsform
asf-org-no = Organisationsnummer
asf-website = Webbplats
asf-paused = Tar inte emot nya förfrågningar före { $date }.
asf-capabilities = Det här gör de
asf-no-capabilities = Företaget har inte skrivit vad det gör än.
asf-capacity = Kapacitet
asf-people =
    { $count ->
        [one] 1 person
       *[other] { $count } personer
    }
asf-hours =
    { $count ->
        [one] 1 timme i veckan
       *[other] { $count } timmar i veckan
    }
asf-largest = Största uppdrag
asf-earliest = Kan börja tidigast
asf-hire = Vill du anlita { $name }?
asf-hire-text = Lägg upp det du behöver. Passar det får de ditt behov och kan svara ja. Då får ni varandras kontaktuppgifter.
asf-needs = Behov som har föreslagits
asf-needs-none = Inga behov har föreslagits än.

error-not-found-title = Sidan finns inte
error-not-found-text = Länken kan vara gammal eller felskriven. Länkar i mejl slutar gälla efter en tid.
error-forbidden-title = Du har inte tillgång till sidan
error-forbidden-text = Sidan är till för någon annan än den du är inloggad som.
error-method-title = Så går det inte att göra
error-method-text = Sidan kan inte ta emot det du skickade. Gå tillbaka och försök igen.
error-rejected-title = Något behöver rättas
error-rejected-text = Gå tillbaka och ändra det här:
error-conflict-title = Det går inte längre
error-conflict-text = Behovet har stängt, eller så har någon annan hunnit före.
error-too-large-title = Det var för mycket på en gång
error-too-large-text = Det du skickade är för stort. Korta texten och försök igen.
error-cross-site-title = Vi tog inte emot formuläret
error-cross-site-text = Webbläsaren säger att det skickades från en annan webbplats. Öppna sidan här och försök igen.
error-away-title = Vi är strax tillbaka
error-away-text = Just nu når vi inte det vi behöver för att visa sidan. Vänta en stund och försök igen. Inget du har skickat förut är borta.
error-broken-title = Något gick fel hos oss
error-broken-text = Felet är noterat. Försök gärna igen.
error-home = Till startsidan

accessibility-lead = Alla ska kunna använda Samhandla, med tangentbord, skärmläsare, förstoring eller utan JavaScript. Målet är WCAG 2.2 nivå AA.
accessibility-degree = Hur väl vi når dit
accessibility-degree-text = Delvis. Vi har prövat sidorna själva under bygget, men ingen utomstående har granskat dem än.
accessibility-faults = Det här vet vi brister
accessibility-fault-notices = Texter i officiella annonser visas som köparen skrev dem. De kan vara svåra att läsa.
accessibility-fault-english = Behov och profiler visas på det språk de skrevs, även när sidan i övrigt är på engelska. Språkbytet märks inte ut.
accessibility-method = Hur vi har prövat
accessibility-method-text = Med tangentbord, 320 punkters bredd, 200 procents text, ljust och mörkt läge, och mätning av kontrast.
accessibility-tell = Hittar du ett hinder?
accessibility-tell-text = Skriv till oss, så hjälper vi dig och rättar felet:
accessibility-complain = Är du inte nöjd med svaret kan du anmäla till Myndigheten för digital förvaltning:

privacy-lead = Vi sparar det som behövs för att föra ihop er, och inget för att följa dig.
privacy-what = Det här sparar vi
privacy-what-asf = Om ett ASF: det som står i profilen, adressen dit veckobrevet går, och svaren på behov.
privacy-what-buyer = Om den som lägger upp ett behov: behovet, namnet och e-postadressen.
privacy-what-user = Om den som loggar in: e-postadress, roll och när inloggningen gäller till.
privacy-what-relay = Om två som skriver till varandra genom tjänsten: det de skriver, så länge behovet finns kvar.
privacy-who = Vem som ser det
privacy-who-text = Profiler och öppna behov är öppna för alla. Svar ser den som köper och projektets personal. Ett nej ser bara personalen vem det kom från. E-postadresser lämnar vi ut till den andra parten först när någon har svarat ja.
privacy-cookies = Kakor
privacy-mail = Mejl
privacy-mail-text = Mejlen har inga spårningsbilder och inga omskrivna länkar. Varje veckobrev har en länk som stoppar det.
privacy-rights = Dina rättigheter
privacy-rights-text = Du kan få veta vad vi har om dig, få det rättat och få det borttaget. Skriv till:
