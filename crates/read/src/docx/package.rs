//! The parts of a DOCX file, and which of them is which.
//!
//! Names of parts are free: what a part is, the relations say that lead to it.

use super::xml::{Cut, Xml};
use crate::Unreadable;
use crate::archive::Archive;
use std::collections::BTreeMap;

/// The last word of the type of the relation that leads from a package to its document.
const DOCUMENT: &str = "officeDocument";

/// Relations of a part: by the identifier, the last word of the type and the part.
type Relations = BTreeMap<String, (String, String)>;

/// A DOCX file that is opened.
pub(super) struct Package<'a, 'b> {
    archive: &'a mut Archive<'b>,
    /// The part that holds the text.
    main: String,
    relations: Relations,
    /// Parts that were not read to their end.
    pub(super) cuts: Vec<(String, Cut)>,
}

/// The part that holds the text of a document of Word; none where the zip is something else.
pub(crate) fn document(archive: &mut Archive<'_>) -> Option<String> {
    let relations = relations(archive, "");
    let named = relations.into_values().find(|(kind, _)| kind == DOCUMENT).map(|(_, target)| target);
    // A package without relations is damaged, and may still hold its text.
    let main = named.unwrap_or_else(|| "word/document.xml".into());
    let is_there = archive.names().any(|name| name.eq_ignore_ascii_case(&main));
    (is_there && main.to_ascii_lowercase().starts_with("word/")).then_some(main)
}

impl<'a, 'b> Package<'a, 'b> {
    pub(super) fn open(archive: &'a mut Archive<'b>, main: String) -> Package<'a, 'b> {
        let relations = relations(archive, &main);
        Package { archive, main, relations, cuts: Vec::new() }
    }

    /// The part that holds the text.
    pub(super) fn main(&mut self) -> Result<Xml, Unreadable> {
        let main = self.main.clone();
        let bytes = self.archive.part(&main)?;
        Ok(self.parsed(&main, bytes.as_deref().unwrap_or_default()))
    }

    /// The part of a kind, such as `styles`; empty where there is none. What stands beside the text must not keep
    /// it from being read: a part that cannot be had is noted.
    pub(super) fn of_kind(&mut self, kind: &str) -> Xml {
        let target = self.relations.values().find(|(own, _)| own == kind).map(|(_, target)| target.clone());
        target.map_or_else(Xml::nothing, |target| self.beside(&target))
    }

    /// The part that an identifier leads to.
    pub(super) fn of_id(&mut self, id: &str) -> Xml {
        let target = self.relations.get(id).map(|(_, target)| target.clone());
        target.map_or_else(Xml::nothing, |target| self.beside(&target))
    }

    fn beside(&mut self, target: &str) -> Xml {
        match self.archive.part(target) {
            Ok(Some(bytes)) => self.parsed(target, &bytes),
            Ok(None) => Xml::nothing(),
            Err(_) => {
                self.cuts.push((target.to_owned(), Cut::Limit));
                Xml::nothing()
            }
        }
    }

    fn parsed(&mut self, name: &str, bytes: &[u8]) -> Xml {
        let xml = Xml::parse(bytes);
        self.cuts.extend(xml.cut.map(|cut| (name.to_owned(), cut)));
        xml
    }
}

/// The relations that a part has; those of the whole package where the part is none.
fn relations(archive: &mut Archive<'_>, of: &str) -> Relations {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let part = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Ok(Some(bytes)) = archive.part(&part) else { return Relations::new() };
    let xml = Xml::parse(&bytes);
    let each = xml.all().filter(|element| element.name() == "Relationship").filter_map(|relation| {
        if relation.attribute("TargetMode") == Some("External") {
            return None;
        }
        let (id, kind) = (relation.attribute("Id")?, relation.attribute("Type")?);
        let kind = kind.rsplit('/').next().unwrap_or(kind).to_owned();
        Some((id.to_owned(), (kind, joined(folder, relation.attribute("Target")?))))
    });
    each.collect()
}

/// Where a target leads from a folder.
fn joined(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lead_from_the_folder_of_their_part() {
        assert_eq!(joined("word", "styles.xml"), "word/styles.xml");
        assert_eq!(joined("word", "../a/./b.xml"), "a/b.xml");
        assert_eq!(joined("word", "/word/c.xml"), "word/c.xml");
        assert_eq!(joined("", "../../word/d.xml"), "word/d.xml");
    }
}
