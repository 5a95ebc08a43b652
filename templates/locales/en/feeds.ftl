# Feed and calendar of open needs.

feed-title = Open needs – { $service }
feed-subtitle = What companies and public buyers look for now
feed-deadline = Answer by { $at }.
calendar-name = Open needs: last day to answer
calendar-deadline = Last time to answer: { $title }

follow-title = Follow new needs
follow-lead = Read new needs in another program, or see the last days to answer in your calendar.
follow-feed = New needs as a feed
follow-feed-text = Paste the address into a program that reads feeds (Atom).
follow-calendar = Last days to answer in the calendar
follow-calendar-text = Add the address as a subscription in your calendar.
follow-filter = Do you only want a part? Add ?ord=cleaning, ?plats=0680 or ?cpv=90910000 to the end of the address. Several are written with & between them.
follow-own = Your own needs in the calendar
follow-own-text = A secret address of a calendar with the last days to answer for the needs that you have been sent. Whoever has the address can read the calendar.
follow-own-made = Here is the address. Copy it now, it is shown this once.
follow-own-has = You have an address already. If you have lost it you can make a new one, and then the old one stops working.
follow-own-make = Make a secret address
follow-own-again = Make a new address
follow-own-remove = Remove the address
