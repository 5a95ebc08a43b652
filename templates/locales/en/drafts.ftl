# The need in three steps, and the procurer who wants to know who can deliver.

needs-step = Step { $number } of 3
needs-step-next = Next
needs-step-back = Back
needs-preview =
    { $count ->
        [0] No ASF fits right now.
        [one] 1 ASF seems to fit.
       *[other] { $count } ASF seem to fit.
    }
needs-preview-none = Do send it anyway. We ask new ASF as soon as they join.

draft-title = Which ASF can deliver?
draft-lead = For public procurers. Paste a draft or a plan. You see which ASF can deliver all of it, a lot or a part, and which ways the law offers.
draft-field = Your draft or plan
draft-field-hint = Write one lot a line if you have several, for example “Delkontrakt 1: Städning av förskolor”.
draft-place = Where is the work done?
draft-value = Value in SEK
draft-value-hint = The whole value without VAT, with options and extensions.
draft-button = Show who can
draft-who = These can deliver
draft-whole =
    { $count ->
        [one] 1 ASF does just this
       *[other] { $count } ASF do just this
    }
draft-some =
    { $count ->
        [one] 1 ASF may do a part
       *[other] { $count } ASF may do a part
    }
draft-for-all =
    { $count ->
        [0] No ASF can deliver all parts on its own.
        [one] One ASF can deliver all parts:
       *[other] { $count } ASF can deliver all parts:
    }
draft-nobody = No ASF here fits. Describe the work in everyday words, or divide it.
draft-levers = Ways in the law
draft-levers-hint = The Swedish Public Procurement Act (LOU, SFS 2016:1145). These are suggestions. You judge whether they can be used.
draft-no-value = Enter the value to see whether you can award directly.
draft-wording = Text to copy (in Swedish)
draft-nothing-kept = Nothing is kept
draft-nothing-kept-text = We read the text once and forget it. Nobody learns that you asked.
draft-again = Try another text
draft-missing-direct-award = The amount for direct award has not been entered for today, so we give no advice. Ask whoever runs the service to enter it.
draft-missing-documentation = The amount for documentation has not been entered for today, so we give no advice.
draft-missing-eu-annex-2 = The threshold for the services of annex 2 has not been entered for today, so we say nothing of when they may be awarded directly.

lever-direct_award = Award directly
lever-direct_award-text = The value is below the limit. You may ask several ASF directly. Count options, extensions and similar purchases of the year.
lever-direct_award-wording = Vi genomför en direktupphandling av {"["}vad{"]"} och bjuder in er att lämna anbud. Anbudet ska vara oss till handa senast {"["}dag{"]"}. Vi bedömer pris och {"["}kvalitet{"]"}.
lever-reserve = Reserve the procurement
lever-reserve-text = Only sheltered workshops and enterprises whose main purpose is social and professional integration may take part. At least 30 per cent of those occupied must belong to the group. Demand no legal form. More than one enterprise must be able to bid.
lever-reserve-wording = Upphandlingen är reserverad enligt 4 kap. 18 § LOU. Rätten att delta har skyddade verkstäder och sådana leverantörer vars huvudsakliga syfte är social och yrkesmässig integration av personer med funktionsnedsättning eller av personer som har svårt att komma in på arbetsmarknaden. Minst 30 procent av dem som sysselsätts hos leverantören ska vara sådana personer. Leverantören ska redovisa hur andelen är räknad och vilken dag uppgiften gäller.
lever-participatory = Reserve for organisations with participation
lever-participatory-text = Only for certain services of annex 2 to LOU; check that the code is listed. The contract may last at most three years, and the same organisation may not have had such a contract from you in the last three years.
lever-participatory-wording = Upphandlingen är reserverad enligt 19 kap. 25 § LOU. Rätten att delta har organisationer som har till syfte att fullgöra ett allmännyttigt uppdrag knutet till tjänsten, som återinvesterar vinsten för att nå syftet och där medarbetare, användare eller intressenter är delaktiga. Kontraktet löper högst tre år.
lever-nonprofit = Reserve for nonprofit organisations
lever-nonprofit-text = Only for certain services of annex 2 to LOU. The organisation must be registered under the act (2022:900).
lever-nonprofit-wording = Upphandlingen är reserverad enligt 19 kap. 25 a § LOU för idéburna organisationer som är registrerade enligt lagen (2022:900) om registrering av idéburna organisationer.
lever-employment = Ask for employment
lever-employment-text = The winner gives work to people far from the labour market. The condition must be linked to what you buy and stand in the documents. An ASF may be subcontractor.
lever-employment-wording = Särskilt kontraktsvillkor enligt 17 kap. 1 § LOU: Leverantören ska under kontraktstiden sysselsätta minst {"["}antal{"]"} personer som står långt från arbetsmarknaden i arbetet med kontraktet. Det får ske genom underleverantör. Leverantören redovisar varje {"["}halvår{"]"} hur villkoret är uppfyllt.
lever-groups = Let groups bid
lever-groups-text = Nobody can do all, but several can do a part each. Say clearly that groups may bid and that bidders may rely on others.
lever-groups-wording = Anbud får lämnas av en grupp av leverantörer. En leverantör får åberopa andra företags kapacitet (19 kap. 4 och 5 §§ LOU). Gruppen behöver inte ha någon viss juridisk form för att lämna anbud.
lever-notice = Advertise
lever-notice-text = The value reaches the limit. The notice must stand in a registered database. This service is not one. Link the notice here when it is out, and we ask the ASF that fit.
lever-notice-wording = Upphandlingen annonseras i {"["}annonsdatabas{"]"} med sista anbudsdag {"["}dag{"]"}.
lever-document = Document
lever-document-text = The value is above the limit for documentation. Write down the reasons within 30 days of the contract.
lever-document-wording = Dokumentation av direktupphandling: myndighet och organisationsnummer, vad som köptes, hur konkurrensen togs till vara, vilka som fick frågan, antal anbud, vald leverantör med organisationsnummer och främsta skäl, värde, avtalstid.

rejected-draft-empty = Paste a draft or a plan.
rejected-draft-length = The text is too long. Paste at most 20,000 characters.
