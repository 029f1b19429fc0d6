//! What a parser tells about a document.

/// A content model: what an element may contain.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub kind: ModelKind,
    pub quantifier: Quantifier,
    pub name: Option<String>,
    pub children: Vec<Model>,
}

/// The kinds of content models; the numbers are Expat's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ModelKind {
    Empty = 1,
    Any = 2,
    Mixed = 3,
    Name = 4,
    Choice = 5,
    Sequence = 6,
}

/// How often something may occur; the numbers are Expat's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantifier {
    Once = 0,
    Optional = 1,
    Repeated = 2,
    AtLeastOnce = 3,
}

/// A name of something outside of the document.
#[derive(Clone, Debug, Default)]
pub(super) struct ExternalId {
    pub system: Option<String>,
    pub public: Option<String>,
}

/// One thing that a document contains.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// `<?xml …?>`; without a version at the beginning of an entity.
    Declaration {
        version: Option<String>,
        encoding: Option<String>,
        standalone: i32,
    },
    StartDoctype {
        name: String,
        id: ExternalId,
        has_subset: bool,
    },
    EndDoctype,
    Element {
        name: String,
        model: Model,
    },
    Attribute {
        element: String,
        name: String,
        kind: String,
        default: Option<String>,
        required: bool,
    },
    Entity {
        name: String,
        parameter: bool,
        value: Option<String>,
        id: ExternalId,
        notation: Option<String>,
    },
    Notation {
        name: String,
        id: ExternalId,
    },
    NotStandalone,
    StartElement {
        name: String,
        attributes: Vec<(String, String)>,
        /// How many of the attributes the document itself gives.
        specified: usize,
    },
    EndElement {
        name: String,
    },
    StartNamespace {
        prefix: Option<String>,
        uri: Option<String>,
    },
    EndNamespace {
        prefix: Option<String>,
    },
    Text(String),
    Comment(String),
    Instruction {
        target: String,
        data: String,
    },
    StartCdata,
    EndCdata,
    Skipped {
        name: String,
        parameter: bool,
    },
    /// A reference to an entity outside, which a parser made with this context reads.
    External {
        context: Option<String>,
        id: ExternalId,
    },
    /// Nothing of interest but to those who want to see everything.
    Other,
}
