### Inloggningens andra steg, kontot, användare och händelseloggen.

site-nav-users = Användare
site-account = Mitt konto

role-asf = ASF
role-buyer = Köpare
role-procurer = Upphandlare
role-coordinator = Samordnare
role-operator = Drift

## Andra steget

factor-title = Skriv koden från appen
factor-lead = Öppna appen som visar koder för Samhandla och skriv den som visas nu.
factor-code = Kod
factor-code-hint = Sex siffror. Du kan också skriva en av dina reservkoder.
factor-button = Fortsätt
factor-lost = Har du tappat bort allt? Be en samordnare att nollställa ditt andra steg, så väljer du ett nytt.
factor-other = Logga in som någon annan
rejected-factor-code = Koden stämmer inte eller är redan använd. Vänta på nästa kod och skriv den.
factor-title-passkey = Ett steg till
factor-or-code = Eller skriv en kod
factor-lead-paper = Har du inte din passkey här? Skriv en av dina reservkoder.
factor-code-hint-paper = Den har tre grupper med fyra tecken.
connect-title = Koppla en app till ditt konto
connect-lead-ruled = Din roll ser uppgifter som andra litar på att vi skyddar. Därför behöver du en kod från en app när du loggar in. Det tar ett par minuter, en gång.
connect-lead = Med en kod från en app räcker det inte för någon annan att komma åt din mejl.
connect-step-1 = Öppna en app som gör koder.
connect-step-1-text = Din lösenordshanterare kan ofta det. Annars finns gratisappar i telefonens butik: sök på ”autentisering”.
connect-step-2 = Visa appen den här bilden.
connect-step-2-text = Välj att lägga till ett konto och rikta kameran mot bilden.
connect-picture = QR-kod för appen. Samma hemlighet står som text här under.
connect-by-hand = Går det inte? Skriv i stället in kontot { $account } och den här nyckeln i appen:
connect-step-3 = Skriv koden som appen visar.
connect-step-3-text = Då vet vi att det fungerar.
connect-code-hint = Sex siffror. Den byts varje halvminut.
connect-button = Koppla appen
recovery-title = Spara dina reservkoder
recovery-lead = Skriv ut eller skriv av dem och lägg dem på ett säkert ställe. Med en av dem kan du logga in om du tappar bort telefonen.
recovery-once = Varje kod fungerar en gång. Vi visar dem bara nu.
recovery-onward = Jag har sparat dem

## Kontot

account-title = Mitt konto
account-done-inbjuden = Inbjudan är skickad.
account-done-avslutad = Den inloggningen är avslutad.
account-factor = Kod från app
account-factor-on = Du har kopplat en app.
account-codes-left =
    { $count ->
        [0] Du har inga reservkoder kvar.
        [one] Du har en reservkod kvar.
       *[other] Du har { $count } reservkoder kvar.
    }
account-factor-off = Du har ingen app kopplad. Med en app blir kontot säkrare.
account-choose-app = Koppla en app
account-renew-codes = Gör nya reservkoder
account-remove-app = Koppla bort appen
account-remove-app-hint = Du loggas ut överallt. Nästa gång du loggar in kopplar du en ny app.
account-remove-app-hint-free = Du loggas ut överallt.
account-sessions = Här är du inloggad
account-session-this = Den här webbläsaren
account-session-since = Inloggad { $when }
account-session-seen = Senast använd { $when }
account-session-end = Avsluta
account-session-end-of = Avsluta inloggningen på { $device }
account-device-unknown = Okänd enhet
account-sign-out-everywhere = Logga ut överallt
account-colleagues = Kollegor med konto
account-colleagues-none = Du är den enda med konto hos er.
account-colleague-email = Kollegans e-postadress
account-colleague-hint = Kollegan får ett mejl och kan sedan se och göra detsamma som du.
account-colleague-button = Bjud in

## Användare

users-title = Användare
users-lead = De som kan logga in, och vad de får göra.
users-role = Roll
users-suspended = Avstängd
users-self = Du
users-change = Ändra
users-give-role = Byt roll
users-suspend = Stäng av
users-reinstate = Släpp in igen
users-reset = Nollställ andra steget
users-invite = Bjud in någon
users-org-no-hint = Bara för den som arbetar på ett ASF.
users-invite-button = Skicka inbjudan
users-done-inbjuden = Inbjudan är skickad.
users-done-andrad = Ändringen är sparad.
rejected-user-known = Adressen har redan ett konto.
rejected-user-self = Du kan inte ändra ditt eget konto här. Be någon annan.
rejected-user-operator = Du kan inte ge eller ändra den rollen.

## Händelseloggen

audit-title = Händelselogg
audit-lead = Vem som har gjort vad, det senaste först.
audit-actor = Vem
audit-noun = Vad
audit-all = Allt
audit-from = Från och med
audit-until = Till och med
audit-button = Visa
audit-when = När
audit-action = Gjorde
audit-detail = Mer
audit-empty = Inget har hänt som stämmer med det du valde.

## Fel

error-too-many-title = Vänta en stund
error-too-many-text = Du har försökt många gånger på kort tid. Vänta några minuter och försök igen.

## Inbjudan som mejl

invitation-subject = Du är inbjuden till { $service }
invitation-by = { $by } har bjudit in dig till { $service }.
invitation-organisation = Du hör till { $name } där.
invitation-how = Så loggar du in: öppna sidan och skriv din adress, { $address }. Då får du ett mejl med en länk.
invitation-app = Första gången kopplar du också en app som visar koder. Sidan förklarar hur.
invitation-why = Du får mejlet för att någon bjöd in dig. Vill du inte vara med behöver du inte göra något.

## Mina uppgifter

account-privacy = Dina uppgifter
account-privacy-text = Du kan hämta allt vi har om dig i en fil, och du kan låta oss glömma dig.
account-extract = Hämta mina uppgifter
forget-title = Radera mitt konto
forget-lead = Vi raderar allt om { $email }. Det går inte att ångra.
forget-what-account = Kontot, inloggningarna och adressen försvinner genast, också ur texter där den står.
forget-what-mail = Mejl till dig töms, och inget mer skickas.
forget-what-stays = Profiler, behov och resultat som hör till företaget eller organisationen finns kvar, men utan dig.
forget-extract-first = Vill du spara uppgifterna hämtar du dem först på sidan Mitt konto.
forget-sure = Ja, radera allt om mig
forget-button = Radera
rejected-forget-sure = Kryssa i rutan om du är säker.
forgotten-title = Du är raderad
forgotten-lead = Vi har inga uppgifter om dig längre. Tack för att du var med.

## Integritet

privacy-controller = Vem som ansvarar
privacy-controller-text = Den som driver tjänsten är personuppgiftsansvarig: { $contact }.
privacy-why = Varför vi får spara det
privacy-why-account = Konton, profiler och behov: för att göra det du har bett om (avtal, artikel 6.1 b i dataskyddsförordningen).
privacy-why-mail = Veckobrevet: bara till den som har sagt ja (samtycke, artikel 6.1 a). Du kan ta tillbaka det när du vill.
privacy-why-results = Resultat och underlag: för att visa vad projektets pengar har lett till (allmänt intresse, artikel 6.1 e).
privacy-why-log = Loggen över vem som har ändrat vad: för att kunna rätta fel och missbruk (berättigat intresse, artikel 6.1 f).
privacy-how-long = Hur länge
privacy-how-long-text = Konto, profil och svar: tills du raderar dem. Länkar för inloggning: ett dygn. Inloggningar: högst 30 dagar. Resultat som räknas: så länge projektet måste kunna visa dem, utan namn på personer.
privacy-shared = Vem vi lämnar ut till
privacy-shared-text = Ingen, utom den du själv säger ja till. Vi säljer inget, och vi använder inga tjänster som följer dig. Uppgifterna ligger på servern som den ansvarige valt.
privacy-self = Gör det själv
privacy-self-text = När du är inloggad hämtar och raderar du dina uppgifter på sidan { $page }.
privacy-complain = Är du inte nöjd kan du klaga hos Integritetsskyddsmyndigheten:
privacy-cookies-three = Tre, och bara när du själv gör något: en som minns språket du valde, en som håller dig inloggad, och en som i tio minuter minns att du bad om en kod.

## Tillgänglighet

accessibility-who = Vem som ansvarar
accessibility-who-text = { $contact } ansvarar för webbplatsen. Redogörelsen gäller hela { $service }, också mejlen.
accessibility-degree-law = Webbplatsen är delvis förenlig med lagen om tillgänglighet till digital offentlig service.
accessibility-fault-notices-why = Skälet: texten är köparens, och får inte ändras.
accessibility-fault-english-why = Skälet: vi vet inte säkert vilket språk en text är skriven på. Vi arbetar på det.
accessibility-when = När vi har prövat
accessibility-when-text = Bedömningen gjordes senast den 27 november 2026. Redogörelsen uppdaterades samma dag.

## Att företräda ett ASF

join-link = Arbetar du här? Be att få sköta profilen
join-title = Sköta profilen för { $name }
join-lead = Någon sköter redan profilen. De får din fråga och bestämmer om du ska vara med.
join-lead-claim = Ingen sköter profilen än. Projektets personal läser din fråga och släpper in dig om du företräder företaget.
join-note = Vem är du?
join-note-hint = Till exempel ditt namn och vad du gör på företaget.
join-button = Skicka frågan
join-done = Tack! Du får ett mejl när någon har svarat.
joins-title = Vill sköta en profil
joins-lead = Släpp bara in den som du vet arbetar där. Hen ser och gör sedan allt för företaget.
joins-empty = Ingen väntar på svar.
joins-yes = Släpp in
joins-yes-of = Släpp in { $email }
joins-no = Neka
joins-no-of = Neka { $email }
task-kind-claim = Någon vill sköta profilen. Kontrollera att personen arbetar där och svara på sidan ”Vill sköta en profil”.
rejected-join-note = Korta texten till högst 1 000 tecken.
rejected-join-staff = Adressen hör till projektets personal och kan inte företräda ett ASF.
