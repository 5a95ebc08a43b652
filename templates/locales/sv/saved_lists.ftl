# Listor med ASF som någon har sparat.

list-title = Dina listor
list-lead = Spara ASF du vill återkomma till. Dela en lista med en kollega genom en hemlig länk.
list-none = Du har inga listor än.
list-new = Ny lista
list-name = Vad ska listan heta?
list-name-hint = Till exempel Städning 2027
list-create = Skapa lista
list-is-shared = Delad
list-first-name = Mina favoriter
list-which = Vilken lista?
list-save = Spara i en lista
list-note = Anteckning
list-note-save = Spara anteckningen
list-take-off = Ta bort
list-empty = Listan är tom.
list-share-title = Dela listan
list-share-text = Den som har länken ser listan och dina anteckningar, men kan inte ändra. Du kan när som helst sluta dela.
list-share = Skapa länk
list-share-again = Skapa ny länk
list-stop-sharing = Sluta dela
list-remove = Ta bort hela listan
list-remove-yes = Ja, ta bort den
list-link-title = Här är länken
list-link-once = Kopiera den nu. Vi kan inte visa den igen, men du kan skapa en ny.
asf-column-note = Anteckning

rejected-list-name = Skriv vad listan ska heta, högst 80 tecken.
rejected-list-twice = Du har redan en lista med det namnet.
rejected-list-many = Du har redan 50 listor. Ta bort en först.
rejected-list-full = Listan är full.
rejected-list-note = Skriv högst 500 tecken.
