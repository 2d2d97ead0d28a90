//! Example books: five offices, whole, as the tables that an office imports.
//!
//! The figures are those that five published documents state; every word of explanation, every payment,
//! guest and company is made up so that they add up to them. What was taken over, what was decided
//! where a document is silent or contradicts itself, `data/offices/README.md` says.
//!
//! Absent on purpose: reading the tables. They are text here, and become commands like any import.

use crate::entry::Publication;

/// Who imports an example: a person of each office who may set up its books and allot its budget.
pub const SENDER: &str = "建账";

/// The books of an office as tables to import.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its folder.
    pub id: &'static str,
    /// The office as it is to be printed.
    pub name: &'static str,
    /// The code of its first unit; the units of a department stand below it.
    pub unit: &'static str,
    /// The year that is published.
    pub year: u16,
    /// What is published.
    pub publication: Publication,
    /// The form of its tables, where the system has it.
    pub form: Option<&'static str>,
    /// Its tables.
    pub files: &'static [File],
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// The English id of the table.
    pub table: &'static str,
    /// Comma-separated values in UTF-8, titles in the first row.
    pub text: &'static str,
}

/// The examples.
pub fn offices() -> &'static [Example] {
    &OFFICES
}

macro_rules! files {
    ($office:literal: $($table:literal)*) => {
        &[$(File {
            table: $table,
            text: include_str!(concat!("../data/offices/", $office, "/", $table, ".csv")),
        }),*]
    };
}

static OFFICES: [Example; 5] = [
    Example {
        id: "huaihua_shanghai_2024",
        name: "怀化市人民政府驻上海联络处",
        unit: "101008",
        year: 2024,
        publication: Publication::Budget,
        form: Some("hunan_budget"),
        files: files! { "huaihua_shanghai_2024":
            "budget" "duties" "explanations" "indicators" "known" "offices" "persons" "projects" "units" "vehicles"
            "versions" "years"
        },
    },
    Example {
        id: "zhuzhou_beijing_2024",
        name: "株洲市人民政府驻北京联络处",
        unit: "101012",
        year: 2024,
        publication: Publication::Budget,
        form: Some("hunan_budget"),
        files: files! { "zhuzhou_beijing_2024":
            "budget" "duties" "explanations" "indicators" "known" "meetings" "offices" "persons" "procurement"
            "projects" "staff" "trainings" "units" "vehicles" "versions" "years"
        },
    },
    Example {
        id: "huaihua_office_2024",
        name: "怀化市人民政府办公室",
        unit: "101001",
        year: 2024,
        publication: Publication::Budget,
        form: Some("hunan_budget"),
        files: files! { "huaihua_office_2024":
            "budget" "duties" "equipment" "explanations" "indicators" "known" "offices" "persons"
            "procurement" "projects" "trainings" "units" "vehicles" "versions" "years"
        },
    },
    Example {
        id: "huaihua_beijing_2022",
        name: "怀化市人民政府驻北京联络处",
        unit: "101009",
        year: 2022,
        publication: Publication::Accounts,
        form: Some("hunan_accounts"),
        files: files! { "huaihua_beijing_2022":
            "adjustments" "allotments" "approvals" "assets" "awards" "budget" "chambers" "closings"
            "duties" "evaluations" "explanations" "indicators" "information" "investment_leads" "issues" "known"
            "movements" "offices" "party" "payments" "persons" "petitions" "projects" "receipts"
            "receptions" "reservations" "rural" "service_receptions" "staff" "surveys" "units"
            "vehicle_costs" "vehicles" "versions" "works" "years"
        },
    },
    Example {
        id: "shanghai_cooperation_2024",
        name: "上海市人民政府合作交流办公室",
        unit: "140",
        year: 2024,
        publication: Publication::Budget,
        form: Some("shanghai_city_budget"),
        files: files! { "shanghai_cooperation_2024":
            "budget" "duties" "explanations" "indicators" "known" "offices" "persons" "procurement" "projects"
            "units" "vehicles" "versions" "years"
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_table_in_the_folders_is_compiled_in() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/offices");
        for office in offices() {
            let entries = std::fs::read_dir(root.join(office.id)).unwrap().flatten().map(|entry| entry.path());
            let there: BTreeSet<String> =
                entries.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
            let listed: BTreeSet<String> = office.files.iter().map(|file| file.table.to_owned()).collect();
            assert_eq!(listed, there, "{}", office.id);
        }
        let folders = std::fs::read_dir(&root).unwrap().flatten().filter(|entry| entry.path().is_dir()).count();
        assert_eq!(folders, offices().len());
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_titles() {
        for office in offices() {
            for file in office.files {
                // No cell of the examples is quoted.
                assert!(!file.text.contains('"'), "{} {}", office.id, file.table);
                let mut rows = file.text.lines().map(|row| row.split(',').count());
                let titles = rows.next().unwrap();
                assert!(rows.all(|cells| cells == titles), "{} {}", office.id, file.table);
            }
        }
    }
}
