//! Raised and lowered signs, as far as Unicode has them.

/// The superscript form of a character.
pub(super) fn superscript(c: char) -> Option<char> {
    find(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        c,
    )
}

/// The subscript form of a character.
pub(super) fn subscript(c: char) -> Option<char> {
    find("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", c)
}

fn find(from: &str, to: &str, c: char) -> Option<char> {
    from.chars().zip(to.chars()).find_map(|(plain, form)| (plain == c).then_some(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_pair_up() {
        let raised: String = "2nd+z".chars().filter_map(superscript).collect();
        assert_eq!(raised, "²ⁿᵈ⁺ᶻ");
        let lowered: String = "10x-".chars().filter_map(subscript).collect();
        assert_eq!(lowered, "₁₀ₓ₋");
        assert_eq!(superscript('q'), None);
        assert_eq!(subscript('b'), None);
    }
}
