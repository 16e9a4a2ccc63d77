//! The details of use terms: bounded, and fit to be read out.

use chop_model::{
    CollectionStatement, Crossing, Filing, ImpactAssessment, LegalId, Party, Site, ThirdParty, UseDetails,
};

use super::terms::{MAX_LIST, check_contact, each};
use super::{RequestError, RequestRule};
use crate::shown_text::{check_name, check_text};

/// Every text of the details can be shown, and no list is longer than a page.
pub(super) fn check(details: &UseDetails) -> Result<(), RequestError> {
    let UseDetails {
        site,
        address,
        sites,
        third_parties,
        on_behalf_of,
        crossing,
        impact_assessment,
        collection_statement,
        identity_card_ground,
        explain_channel,
        direct_marketing: _,
        publication: _,
        research: _,
        rights,
    } = details;
    if [sites.len(), third_parties.len(), rights.len()].into_iter().any(|n| n > MAX_LIST) {
        return Err(RequestRule::BadUseTerms.into());
    }
    check_text(address)?;
    sites.iter().chain(site).try_for_each(check_site)?;
    third_parties.iter().try_for_each(|ThirdParty { name, role: _, site }| {
        check_name(name)?;
        check_site(site)
    })?;
    on_behalf_of.iter().try_for_each(check_party)?;
    crossing.iter().try_for_each(check_crossing)?;
    impact_assessment.iter().try_for_each(|ImpactAssessment { id, at: _, keep_until: _ }| check_name(id))?;
    collection_statement.iter().try_for_each(check_statement)?;
    identity_card_ground.iter().try_for_each(|text| each(text, check_text))?;
    explain_channel.iter().try_for_each(|text| check_text(text))?;
    Ok(())
}

fn check_site(Site { jurisdiction: _, city, zone }: &Site) -> Result<(), RequestError> {
    if let Some(city) = city {
        // GB/T 2260: six digits.
        if city.len() != 6 || !city.bytes().all(|b| b.is_ascii_digit()) {
            return Err(RequestRule::BadUseTerms.into());
        }
    }
    zone.iter().try_for_each(|zone| check_name(zone))?;
    Ok(())
}

fn check_party(party: &Party) -> Result<(), RequestError> {
    let Party { names, legal_id: LegalId { scheme, value }, jurisdiction: _, contact } = party;
    each(names, check_name)?;
    check_name(scheme)?;
    check_name(value)?;
    check_contact(contact)
}

fn check_crossing(crossing: &Crossing) -> Result<(), RequestError> {
    let Crossing {
        mode: _,
        mechanism: _,
        contract_ref,
        effective_at: _,
        filing,
        important_data: _,
        rights_channel_overseas,
    } = crossing;
    contract_ref.iter().try_for_each(|text| check_name(text))?;
    if let Some(Filing { authority, number, at: _ }) = filing {
        check_name(authority)?;
        check_name(number)?;
    }
    rights_channel_overseas.iter().try_for_each(|text| check_text(text))?;
    Ok(())
}

fn check_statement(statement: &CollectionStatement) -> Result<(), RequestError> {
    let CollectionStatement { obligatory: _, consequence, transferees, access_contact } = statement;
    each(consequence, check_text)?;
    each(transferees, check_text)?;
    check_text(access_contact)?;
    Ok(())
}
