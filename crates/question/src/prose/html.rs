//! HTML as plain text, every byte of it in its place.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Elements that end a line of text.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "br",
    "tr",
    "td",
    "th",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "article",
    "section",
    "header",
    "footer",
    "pre",
];

/// Whether a text is HTML: it closes an element and opens one that holds text.
pub(super) fn is_html(text: &str) -> bool {
    let lower = text.get(..text.floor_char_boundary(4000)).unwrap_or(text).to_ascii_lowercase();
    lower.contains("</")
        && ["<p", "<div", "<li", "<html", "<body", "<h1", "<h2", "<span", "<br"]
            .iter()
            .any(|t| lower.contains(t))
}

/// The words of an HTML text with spaces for tags, so that an offset means the same place in both.
pub(super) fn blanked(html: &str) -> String {
    let mut out = vec![b' '; html.len()];
    let mut hidden = false;
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
                hidden |= matches!(name.as_str(), "script" | "style" | "title");
                break_line(&mut out, &name, tag.span.start);
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
                hidden &= !matches!(name.as_str(), "script" | "style" | "title");
                break_line(&mut out, &name, tag.span.start);
            }
            Token::String(text) if !hidden => {
                let (start, end) = (text.span.start, text.span.end.min(out.len()));
                let decoded: &[u8] = &text.value;
                // An entity is longer than the letter it stands for; the rest stays blank.
                if start <= end && decoded.len() <= end - start {
                    out[start..start + decoded.len()].copy_from_slice(decoded);
                }
            }
            _ => {}
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| " ".repeat(html.len()))
}

fn break_line(out: &mut [u8], name: &str, at: usize) {
    if BLOCKS.contains(&name)
        && let Some(byte) = out.get_mut(at)
    {
        *byte = b'\n';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_place_and_entities_become_letters() {
        let html = "<p>On 12&nbsp;March <b>1938</b> Bene&scaron; spoke.</p><script>x < 1</script><li>Next";
        let text = blanked(html);
        assert_eq!(text.len(), html.len());
        assert_eq!(text.find("1938"), html.find("1938"));
        assert!(text.contains("Beneš"), "{text}");
        assert!(!text.contains("x <"), "{text}");
        assert!(text.contains("\n"), "blocks are lines");
        assert!(is_html(html) && !is_html("a < b and c > d"));
    }
}
