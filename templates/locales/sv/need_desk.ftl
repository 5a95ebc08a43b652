# Sidan där den som har ett behov ser svaren och ändrar, kopierar eller stänger.

desk-link = Svaren och det du kan göra
desk-title = Svaren på ditt behov
desk-tabs = Svar
desk-tab-suggested = Frågade
desk-tab-yes = Vill
desk-tab-maybe = Kanske
desk-tab-no = Tackade nej
desk-none-suggested = Just nu väntar vi inte på svar från någon.
desk-none-yes = Ingen har sagt ja än. Du får ett mejl när någon gör det.
desk-none-maybe = Ingen funderar just nu.
desk-none-no = Ingen har tackat nej.
desk-declined-hint = Du ser hur många och varför, men inte vilka.
desk-do = Det här kan du göra
desk-change = Ändra behovet
desk-change-lead = De som redan har svarat får se att något har ändrats.
desk-save = Spara
desk-copy = Kopiera till ett nytt behov
desk-close-legend = Stäng behovet
desk-close-awarded = Vi har valt någon
desk-close-no-winner = Vi hittade ingen
desk-close-cancelled = Vi behöver det inte längre
desk-close = Stäng

rejected-desk-because = Välj varför behovet stängs.
