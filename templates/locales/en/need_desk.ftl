# The page where the buyer of a need sees the answers and changes, copies or closes it.

desk-link = The answers and what you can do
desk-title = The answers to your need
desk-tabs = Answers
desk-tab-suggested = Asked
desk-tab-yes = Interested
desk-tab-maybe = Maybe
desk-tab-no = Declined
desk-none-suggested = We are not waiting for anybody’s answer right now.
desk-none-yes = Nobody has said yes yet. You get a mail when somebody does.
desk-none-maybe = Nobody is thinking it over right now.
desk-none-no = Nobody has declined.
desk-declined-hint = You see how many and why, but not who.
desk-do = What you can do
desk-change = Change the need
desk-change-lead = Those who have answered already see that something has changed.
desk-save = Save
desk-copy = Copy to a new need
desk-close-legend = Close the need
desk-close-awarded = We have chosen somebody
desk-close-no-winner = We found nobody
desk-close-cancelled = We no longer need it
desk-close = Close

rejected-desk-because = Choose why the need is closed.
