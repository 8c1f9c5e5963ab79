//! HTML as the text that it shows, with the place of each part in the page.

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

/// Elements whose content is not shown, or is no text.
const HIDDEN: [&str; 7] = ["script", "style", "title", "noscript", "iframe", "noembed", "xmp"];

/// Whether a text is HTML: it closes an element and opens one that holds text.
pub(super) fn is_html(text: &str) -> bool {
    let lower = text.get(..text.floor_char_boundary(4000)).unwrap_or(text).to_ascii_lowercase();
    lower.contains("</")
        && ["<p", "<div", "<li", "<html", "<body", "<h1", "<h2", "<span", "<br"]
            .iter()
            .any(|t| lower.contains(t))
}

/// The text that a page shows, and where each part of it stands in the page.
pub(super) struct Shown {
    pub(super) text: String,
    /// Where parts of the text begin, in it and in the page, in rising order.
    places: Vec<(usize, usize)>,
}

impl Shown {
    /// The text of a page: tags become spaces, blocks lines, entities the letters that they stand for.
    pub(super) fn of(html: &str) -> Shown {
        let mut shown = Shown { text: String::new(), places: Vec::new() };
        let mut hidden = false;
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            let (name, opens) = match &token {
                Token::StartTag(tag) => (&tag.name, true),
                Token::EndTag(tag) => (&tag.name, false),
                Token::String(text) => {
                    if !hidden {
                        shown.string(html, text.span.start, text.span.end);
                    }
                    continue;
                }
                _ => continue,
            };
            let name = String::from_utf8_lossy(name).to_ascii_lowercase();
            if HIDDEN.contains(&name.as_str()) {
                hidden = opens;
            }
            shown.text.push(if BLOCKS.contains(&name.as_str()) { '\n' } else { ' ' });
        }
        shown
    }

    /// A run of text with its entities.
    fn string(&mut self, html: &str, from: usize, to: usize) {
        let mut at = from;
        while let Some(rest) = html.get(at..to).filter(|rest| !rest.is_empty()) {
            self.places.push((self.text.len(), at));
            let plain = rest.find('&').unwrap_or(rest.len());
            self.text.push_str(&rest[..plain]);
            at += plain;
            let Some(entity) = rest.get(plain..).filter(|e| !e.is_empty()) else { break };
            let end = entity.find(';').filter(|end| *end <= ENTITY_BYTES_MAX).map_or(1, |end| end + 1);
            self.places.push((self.text.len(), at));
            self.text.push_str(&decoded(&entity[..end]));
            at += end;
        }
    }

    /// Where a place of the text stands in the page.
    pub(super) fn source(&self, at: usize) -> usize {
        let part = self.places.partition_point(|(text, _)| *text <= at).checked_sub(1);
        part.map_or(at, |i| self.places[i].1 + at - self.places[i].0)
    }

    /// Where a part of the text that ends there ends in the page.
    pub(super) fn source_end(&self, end: usize) -> usize {
        let part = self.places.partition_point(|(text, _)| *text < end).checked_sub(1);
        let Some(i) = part else { return end };
        let (text, source) = self.places[i];
        // An entity ends where the next part begins, however many letters it stands for.
        match self.places.get(i + 1) {
            Some((next, after)) if *next == end => *after,
            _ => source + end - text,
        }
    }
}

/// Longer than any name of an entity.
const ENTITY_BYTES_MAX: usize = 32;

/// What an entity stands for.
fn decoded(entity: &str) -> String {
    let mut text = String::new();
    for token in Tokenizer::new(entity) {
        let Ok(token) = token;
        if let Token::String(part) = token {
            text.push_str(&String::from_utf8_lossy(&part.value));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_what_a_reader_sees_and_its_places_are_known() {
        let html = "<p>On 12&nbsp;March <b>1938</b> Bene&scaron; didn&rsquo;t speak.</p><script>x < 1</script><noscript><img alt='y'></noscript><li>Next & last";
        let shown = Shown::of(html);
        let text = &shown.text;
        assert!(text.contains("Beneš didn’t speak."), "{text}");
        assert!(!text.contains("x <") && !text.contains("alt"), "{text}");
        assert!(text.contains('\n'), "blocks are lines");
        for word in ["On", "March", "1938", "speak", "Next", "last"] {
            assert_eq!(text.find(word).map(|at| shown.source(at)), html.find(word), "{word}");
        }
        let end = text.find('š').map(|at| shown.source_end(at + 'š'.len_utf8()));
        assert_eq!(end, html.find("&scaron;").map(|at| at + "&scaron;".len()));
        assert!(is_html(html) && !is_html("a < b and c > d"));
    }
}
