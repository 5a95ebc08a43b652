# Behovet i tre steg, och den som upphandlar och vill veta vilka som kan leverera.

needs-step = Steg { $number } av 3
needs-step-next = Nästa
needs-step-back = Tillbaka
needs-preview =
    { $count ->
        [0] Inget ASF passar just nu.
        [one] 1 ASF ser ut att passa.
       *[other] { $count } ASF ser ut att passa.
    }
needs-preview-none = Skicka gärna ändå. Vi frågar nya ASF så fort de kommer med.

draft-title = Vilka ASF kan leverera?
draft-lead = För dig som upphandlar. Klistra in ett utkast eller en plan. Du ser vilka ASF som kan leverera allt, en del eller ett delkontrakt, och vilka vägar lagen ger.
draft-field = Ditt utkast eller din plan
draft-field-hint = Skriv ett delkontrakt per rad om du har flera, till exempel ”Delkontrakt 1: Städning av förskolor”.
draft-place = Var utförs arbetet?
draft-value = Värde i kronor
draft-value-hint = Hela värdet utan moms, med optioner och förlängningar.
draft-button = Visa vilka som kan
draft-who = De här kan leverera
draft-whole =
    { $count ->
        [one] 1 ASF gör just det här
       *[other] { $count } ASF gör just det här
    }
draft-some =
    { $count ->
        [one] 1 ASF kan kanske göra en del
       *[other] { $count } ASF kan kanske göra en del
    }
draft-for-all =
    { $count ->
        [0] Inget ASF kan leverera alla delar på egen hand.
        [one] Ett ASF kan leverera alla delar:
       *[other] { $count } ASF kan leverera alla delar:
    }
draft-nobody = Inget ASF här passar. Beskriv arbetet med vardagliga ord, eller dela upp det.
draft-levers = Vägar i lagen
draft-levers-hint = Lagen om offentlig upphandling (LOU, SFS 2016:1145). Det här är förslag. Du bedömer själv om de går att använda.
draft-no-value = Skriv värdet för att se om du kan direktupphandla.
draft-wording = Text att kopiera
draft-nothing-kept = Inget sparas
draft-nothing-kept-text = Vi läser texten en gång och glömmer den. Ingen får veta att du har frågat.
draft-again = Pröva en annan text
draft-missing-direct-award = Beloppet för direktupphandling för i dag är inte inlagt. Därför ger vi inga råd. Be den som sköter tjänsten lägga in det.
draft-missing-documentation = Beloppet för dokumentation för i dag är inte inlagt. Därför ger vi inga råd.
draft-missing-eu-annex-2 = Tröskelvärdet för tjänsterna i bilaga 2 är inte inlagt för i dag. Vi säger därför inget om när de får direktupphandlas.

lever-direct_award = Direktupphandla
lever-direct_award-text = Värdet är under gränsen. Du kan fråga flera ASF direkt. Räkna in optioner, förlängningar och liknande köp under året.
lever-direct_award-wording = Vi genomför en direktupphandling av {"["}vad{"]"} och bjuder in er att lämna anbud. Anbudet ska vara oss till handa senast {"["}dag{"]"}. Vi bedömer pris och {"["}kvalitet{"]"}.
lever-reserve = Reservera upphandlingen
lever-reserve-text = Bara skyddade verkstäder och företag vars huvudsyfte är social och yrkesmässig integration får vara med. Minst 30 procent av dem som sysselsätts ska höra till gruppen. Kräv ingen viss företagsform. Det ska gå för fler än ett företag att lämna anbud.
lever-reserve-wording = Upphandlingen är reserverad enligt 4 kap. 18 § LOU. Rätten att delta har skyddade verkstäder och sådana leverantörer vars huvudsakliga syfte är social och yrkesmässig integration av personer med funktionsnedsättning eller av personer som har svårt att komma in på arbetsmarknaden. Minst 30 procent av dem som sysselsätts hos leverantören ska vara sådana personer. Leverantören ska redovisa hur andelen är räknad och vilken dag uppgiften gäller.
lever-participatory = Reservera för organisationer där de som arbetar är med och styr
lever-participatory-text = Gäller bara vissa tjänster i bilaga 2 till LOU. Kontrollera att koden står där. Kontraktet får vara högst tre år, och samma organisation får inte ha fått ett sådant kontrakt av er de senaste tre åren.
lever-participatory-wording = Upphandlingen är reserverad enligt 19 kap. 25 § LOU. Rätten att delta har organisationer som har till syfte att fullgöra ett allmännyttigt uppdrag knutet till tjänsten, som återinvesterar vinsten för att nå syftet och där medarbetare, användare eller intressenter är delaktiga. Kontraktet löper högst tre år.
lever-nonprofit = Reservera för idéburna organisationer
lever-nonprofit-text = Gäller bara vissa tjänster i bilaga 2 till LOU. Organisationen ska vara registrerad som idéburen enligt lag (2022:900).
lever-nonprofit-wording = Upphandlingen är reserverad enligt 19 kap. 25 a § LOU för idéburna organisationer som är registrerade enligt lagen (2022:900) om registrering av idéburna organisationer.
lever-employment = Ställ krav på sysselsättning
lever-employment-text = Den som vinner ska ge arbete åt personer långt från arbetsmarknaden. Villkoret ska hänga ihop med det ni köper och stå i handlingarna. Ett ASF kan vara underleverantör.
lever-employment-wording = Särskilt kontraktsvillkor enligt 17 kap. 1 § LOU: Leverantören ska under kontraktstiden sysselsätta minst {"["}antal{"]"} personer som står långt från arbetsmarknaden i arbetet med kontraktet. Det får ske genom underleverantör. Leverantören redovisar varje {"["}halvår{"]"} hur villkoret är uppfyllt.
lever-groups = Låt grupper lämna anbud
lever-groups-text = Ingen klarar allt, men flera klarar varsin del. Skriv tydligt att grupper får lämna anbud och att man får åberopa andras kapacitet.
lever-groups-wording = Anbud får lämnas av en grupp av leverantörer. En leverantör får åberopa andra företags kapacitet (19 kap. 4 och 5 §§ LOU). Gruppen behöver inte ha någon viss juridisk form för att lämna anbud.
lever-notice = Annonsera
lever-notice-text = Värdet når gränsen. Annonsen ska ligga i en registrerad annonsdatabas. Den här tjänsten är ingen sådan. Länka hit annonsen när den är ute, så frågar vi de ASF som passar.
lever-notice-wording = Upphandlingen annonseras i {"["}annonsdatabas{"]"} med sista anbudsdag {"["}dag{"]"}.
lever-document = Dokumentera
lever-document-text = Värdet är över gränsen för dokumentation. Skriv ned skälen senast 30 dagar efter att avtalet slöts.
lever-document-wording = Dokumentation av direktupphandling: myndighet och organisationsnummer, vad som köptes, hur konkurrensen togs till vara, vilka som fick frågan, antal anbud, vald leverantör med organisationsnummer och främsta skäl, värde, avtalstid.

rejected-draft-empty = Klistra in ett utkast eller en plan.
rejected-draft-length = Texten är för lång. Klistra in högst 20 000 tecken.
