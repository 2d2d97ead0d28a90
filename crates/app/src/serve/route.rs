//! [`Route`]: an address, who may ask for it, what it takes, what it answers. [`routes`] is the list of all.
//!
//! The server, the description of the interface (OpenAPI) and the tests of who may do what go through this list.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::access::Access;
use super::reply::Handler;

/// How an address is asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Method {
    Get,
    Post,
}

/// What comes with a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Takes {
    /// Nothing.
    Nothing,
    /// A form or the same as JSON.
    Form,
    /// Files with a form.
    Files,
}

/// The media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What is answered beside problems.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Answers {
    /// A page, or the same as JSON.
    View,
    /// A file of this media type.
    File(&'static str),
    /// Another address, where the result is to be seen.
    Elsewhere,
}

/// The shape of something, asked of a generator that collects what it refers to.
pub(crate) type Shape = fn(&mut SchemaGenerator) -> Schema;

/// An address.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: Method,
    /// With names in braces: `/checks/{batch}`.
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    pub(crate) takes: Takes,
    pub(crate) answers: Answers,
    pub(crate) handler: Handler,
    /// What it does, in a sentence, for the description of the interface.
    pub(crate) about: &'static str,
    pub(crate) query: Option<Shape>,
    pub(crate) input: Option<Shape>,
    pub(crate) output: Option<Shape>,
}

impl Route {
    /// An address to look at.
    pub(crate) const fn get(path: &'static str, access: Access, handler: Handler, about: &'static str) -> Route {
        Route {
            method: Method::Get,
            path,
            access,
            takes: Takes::Nothing,
            answers: Answers::View,
            handler,
            about,
            query: None,
            input: None,
            output: None,
        }
    }

    /// An address that changes something; it answers where the result is to be seen.
    pub(crate) const fn post(path: &'static str, access: Access, handler: Handler, about: &'static str) -> Route {
        let route = Route::get(path, access, handler, about);
        Route { method: Method::Post, takes: Takes::Form, answers: Answers::Elsewhere, ..route }
    }

    /// What its query may say.
    pub(crate) const fn asks<T: JsonSchema>(self) -> Route {
        Route { query: Some(SchemaGenerator::subschema_for::<T>), ..self }
    }

    /// What comes with it.
    pub(crate) const fn takes<T: JsonSchema>(self) -> Route {
        Route { input: Some(SchemaGenerator::subschema_for::<T>), ..self }
    }

    /// Files come with it.
    pub(crate) const fn takes_files(self) -> Route {
        Route { takes: Takes::Files, ..self }
    }

    /// What its view is as JSON.
    pub(crate) const fn gives<T: JsonSchema>(self) -> Route {
        Route { answers: Answers::View, output: Some(SchemaGenerator::subschema_for::<T>), ..self }
    }

    /// It answers a file.
    pub(crate) const fn gives_file(self, media: &'static str) -> Route {
        Route { answers: Answers::File(media), ..self }
    }

    /// The names in braces, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// Every address of the server.
pub(crate) fn routes() -> Vec<Route> {
    let parts: [&[Route]; 7] = [
        super::home::ROUTES,
        super::account::ROUTES,
        super::admin::ROUTES,
        super::check::ROUTES,
        super::keep::ROUTES,
        super::read::ROUTES,
        super::interface::ROUTES,
    ];
    parts.concat()
}
