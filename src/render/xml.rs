//! Texts for other programs: the list of pages, the rules for search engines, the feed of changes.

use std::fmt::Write;

use crate::date::Date;
use crate::views::changes::TouchedItem;
use crate::views::feed::Feed;
use crate::views::prose::escape as html;
use crate::views::sitemap::{Robots, Sitemap};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// `robots.txt`, RFC 9309.
pub(super) fn robots(robots: &Robots) -> String {
    let rule = if robots.allowed { "Allow: /" } else { "Disallow: /" };
    let sitemap = robots.sitemap.as_ref().map_or_else(String::new, |sitemap| format!("\nSitemap: {sitemap}\n"));
    format!("User-agent: *\n{rule}\n{sitemap}")
}

/// A file of the list of pages, as sitemaps.org has it.
pub(super) fn sitemap(sitemap: &Sitemap) -> String {
    let mut xml = HEAD.to_owned();
    match sitemap {
        Sitemap::Index(parts) => {
            xml.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
            for part in parts {
                put(&mut xml, format_args!("<sitemap><loc>{}</loc></sitemap>\n", text(part)));
            }
            xml.push_str("</sitemapindex>\n");
        }
        Sitemap::Pages(pages) => {
            xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
            for page in pages {
                put(&mut xml, format_args!("<url><loc>{}</loc>", text(&page.address)));
                if let Some(day) = page.changed {
                    put(&mut xml, format_args!("<lastmod>{day}</lastmod>"));
                }
                for (tag, address) in &page.languages {
                    let (tag, address) = (text(tag), text(address));
                    put(
                        &mut xml,
                        format_args!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>"),
                    );
                }
                xml.push_str("</url>\n");
            }
            xml.push_str("</urlset>\n");
        }
    }
    xml
}

/// A feed.
pub(super) fn feed(feed: &Feed<'_>) -> String {
    let mut xml = HEAD.to_owned();
    let base = match feed.base.as_str() {
        "" => String::new(),
        base => format!(" xml:base=\"{}\"", text(base)),
    };
    put(
        &mut xml,
        format_args!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\"{base}>\n", text(feed.lang)),
    );
    element(&mut xml, "id", &feed.id);
    element(&mut xml, "title", &feed.title);
    element(&mut xml, "subtitle", feed.subtitle);
    element(&mut xml, "updated", &moment(feed.updated));
    put(&mut xml, format_args!("<author><name>{}</name></author>\n", text(feed.author)));
    put(&mut xml, format_args!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n", text(&feed.own)));
    put(&mut xml, format_args!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", text(&feed.page)));
    put(&mut xml, format_args!("<generator>journeybook</generator>\n"));
    for entry in &feed.entries {
        xml.push_str("<entry>\n");
        element(&mut xml, "id", &entry.id);
        element(&mut xml, "title", entry.title);
        element(&mut xml, "updated", &moment(entry.updated));
        if !entry.author.is_empty() {
            put(&mut xml, format_args!("<author><name>{}</name></author>\n", text(entry.author)));
        }
        put(&mut xml, format_args!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", text(&entry.page)));
        let told = told(&entry.items, &entry.more);
        put(&mut xml, format_args!("<content type=\"html\">{}</content>\n</entry>\n", text(&told)));
    }
    xml.push_str("</feed>\n");
    xml
}

/// What a commit touched, as HTML.
fn told(items: &[TouchedItem<'_>], more: &str) -> String {
    let mut list = "<ul>".to_owned();
    for item in items {
        let lang = item.title.lang.map_or_else(String::new, |lang| format!(" lang=\"{}\"", html(lang)));
        let title = html(&item.title.text);
        match item.href.as_str() {
            "" => put(&mut list, format_args!("<li><b{lang}>{title}</b>")),
            href => put(&mut list, format_args!("<li><a href=\"{}\"{lang}>{title}</a>", html(href))),
        }
        if !item.kind.is_empty() {
            put(&mut list, format_args!(" ({})", html(item.kind)));
        }
        list.push_str("<ul>");
        for change in item.changes.iter().chain(Some(&item.more).filter(|more| !more.is_empty())) {
            put(&mut list, format_args!("<li>{}</li>", html(change)));
        }
        list.push_str("</ul></li>");
    }
    if !more.is_empty() {
        put(&mut list, format_args!("<li>{}</li>", html(more)));
    }
    list.push_str("</ul>");
    list
}

fn element(xml: &mut String, name: &str, value: &str) {
    put(xml, format_args!("<{name}>{}</{name}>\n", text(value)));
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    let _ = text.write_fmt(what);
}

/// A text in XML, without the signs that XML 1.0 knows no way to write.
fn text(text: &str) -> String {
    let allowed =
        |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    html(&text.chars().filter(allowed).collect::<String>())
}

/// A day as RFC 3339 asks for it, at its beginning in UTC; of a month its first day.
fn moment(day: Date) -> String {
    format!("{:04}-{:02}-{:02}T00:00:00Z", day.year(), day.month(), day.day().unwrap_or(1))
}
