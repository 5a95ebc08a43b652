### Årlig koll av profilen. Mejl och sida.

profile-check-subject = Stämmer det fortfarande? { $name }
profile-check-lead = En gång om året frågar vi om uppgifterna om er stämmer. Då får ni förfrågningar som passar.
profile-check-seat = Ni finns i: { $place }
profile-check-area = Ni jobbar i: { $places }
profile-check-email = Mejl till: { $email }
profile-check-work = Det här gör ni:
profile-check-how = Stämmer det? Öppna sidan och tryck på knappen. Är något fel kan du skriva det där. Du behöver inte logga in.
profile-check-link = Gå till sidan
profile-check-why = Du får mejlet för att ni är med i { $service }. Det kommer en gång om året.

profile-check-title = Stämmer uppgifterna?
profile-check-for = Det här vet vi om { $name }.
profile-check-note = Är något fel eller nytt?
profile-check-note-hint = Skriv här, så rättar vi det och hör av oss.
profile-check-button = Skicka
profile-check-hint = Stämmer allt? Låt rutan vara tom och tryck på knappen.
profile-check-done = Tack!
profile-check-done-lead = Då vet vi. Vi frågar igen om ett år.
profile-check-done-note = Vi läser det du skrev och rättar uppgifterna.
task-kind-profile = Företaget skriver att något i profilen är fel eller nytt. Rätta den och hör av dig.
