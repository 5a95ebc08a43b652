//! Orders, agreements and invoices from a form. What the ledger keeps follows from what the other side is.

use super::{
    EntryKind,
    reading::{NAME_CHARS, Read},
};
use crate::domain::{
    deal::{DealFields, NewDeal},
    ledger::{AgreementKind, CounterpartClass, Fact, Parties, Renewal, RenewalAward},
    pairing::PairingId,
};

impl Read<'_> {
    /// As a pairing's deal, and of an agreement with a public buyer its kind and what it renews.
    pub(super) fn deal(&mut self, kind: EntryKind) -> Option<Fact> {
        let parties = self.parties(None);
        let is_agreement = kind == EntryKind::Agreement;
        // A grant is no price that is open or firm; nothing is sold until somebody invoices.
        let is_grant = is_agreement && self.fields.price.trim() == "grant";
        let fields = DealFields {
            kind: kind.as_str(),
            occurred_on: self.fields.occurred_on,
            amount_sek: self.fields.amount_sek,
            income_kind: self.fields.income_kind,
            price: if is_grant { "open" } else { self.fields.price },
            reference: "",
        };
        let deal = match NewDeal::parse(PairingId(0), &fields, self.setting.today) {
            Ok(deal) => Some(deal),
            Err(rejections) => {
                self.rejections.extend(rejections);
                None
            }
        };
        let parties = parties?;
        let is_public = parties.counterpart.class == CounterpartClass::Public;
        let named = self.fields.subject.trim();
        if is_public && named.is_empty() && kind != EntryKind::Invoice {
            return self.refuse("subject", "rejected-agreement-name", named);
        }
        if named.chars().count() > NAME_CHARS {
            return self.refuse("subject", "rejected-subject", named);
        }
        let own = agreement_key(&parties, named);
        let terms = if is_public && is_agreement { self.terms(&parties, is_grant) } else { Some(Terms::default()) };
        let (deal, terms) = (deal?, terms?);
        let mut fact = deal.into_fact(parties, own);
        if let Fact::Agreement(agreement) = &mut fact {
            agreement.kind = terms.kind.unwrap_or(agreement.kind);
            agreement.renewal = terms.renewal;
        }
        Some(fact)
    }

    fn terms(&mut self, parties: &Parties, is_grant: bool) -> Option<Terms> {
        let fields = self.fields;
        let kind = match fields.agreement.trim() {
            "" | "contract" => None,
            "framework" => Some(AgreementKind::Framework),
            "call_off" => Some(AgreementKind::CallOff),
            "iop" => Some(AgreementKind::Iop),
            "award_decision" => Some(AgreementKind::AwardDecision),
            other => return self.refuse("agreement", "rejected-agreement-kind", other),
        };
        if is_grant && kind != Some(AgreementKind::Iop) {
            return self.refuse("price", "rejected-price-grant", fields.price);
        }
        let award = match fields.renewal.trim() {
            "" | "none" => None,
            "extended" => Some(RenewalAward::Extended),
            "new" => Some(RenewalAward::New),
            other => return self.refuse("renewal", "rejected-renewal", other),
        };
        let renewal = match award {
            None => None,
            Some(award) => match agreement_key(parties, fields.earlier.trim()) {
                Some(of) => Some(Renewal { of, award }),
                None => return self.refuse("earlier", "rejected-earlier", fields.earlier),
            },
        };
        Some(Terms { kind, renewal })
    }
}

/// What is asked of an agreement with a public buyer alone.
#[derive(Default)]
struct Terms {
    /// None for what follows from what is sold: a contract, or an agreement on placements.
    kind: Option<AgreementKind>,
    renewal: Option<Renewal>,
}

/// Agreements of a form are known by the other side and the name that both use.
fn agreement_key(parties: &Parties, named: &str) -> Option<String> {
    let org_no = parties.counterpart.org_no.as_ref()?;
    let is_public = parties.counterpart.class == CounterpartClass::Public;
    (is_public && !named.is_empty()).then(|| format!("agreement:{}:{}", org_no.as_str(), named.to_lowercase()))
}
