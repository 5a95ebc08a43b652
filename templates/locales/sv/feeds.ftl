# Flöde och kalender över öppna behov.

feed-title = Öppna behov – { $service }
feed-subtitle = Vad företag och offentliga köpare söker just nu
feed-deadline = Svara senast { $at }.
calendar-name = Öppna behov: sista dag att svara
calendar-deadline = Sista svarstid: { $title }

follow-title = Följ nya behov
follow-lead = Läs nya behov i ett annat program, eller se sista svarsdag i din kalender.
follow-feed = Nya behov som flöde
follow-feed-text = Klistra in adressen i ett program som läser flöden (Atom).
follow-calendar = Sista svarsdag i kalendern
follow-calendar-text = Lägg till adressen som prenumeration i din kalender.
follow-filter = Vill du bara följa en del? Lägg till ?ord=städning, ?plats=0680 eller ?cpv=90910000 sist i adressen. Flera skrivs med & emellan.
follow-own = Era egna behov i kalendern
follow-own-text = En hemlig adress till en kalender med sista svarsdag för de behov som ni har fått. Den som har adressen kan läsa kalendern.
follow-own-made = Här är adressen. Kopiera den nu, den visas bara den här gången.
follow-own-has = Du har redan en adress. Har du tappat bort den kan du göra en ny, och då slutar den gamla att fungera.
follow-own-make = Skapa en hemlig adress
follow-own-again = Skapa en ny adress
follow-own-remove = Ta bort adressen
