//! [`Set`]: a small set of named values held in one word.
//!
//! The filters of the fact space are sets along each dimension, and every law over facts is a
//! question about sets: equal, disjoint, contained, union. One word makes each a single instruction.

use std::fmt;
use std::marker::PhantomData;

/// A named value of one dimension. A dimension that is put into a [`Set`] has at most sixteen.
pub trait Member: Copy + fmt::Debug + 'static {
    /// Every value, in the order in which statutory tables print them.
    const ALL: &'static [Self];
    /// The position of this value in [`Member::ALL`].
    fn index(self) -> u32;
    /// The word used in forms, output and tests.
    fn word(self) -> &'static str;
    /// The Chinese term that a reader is shown.
    fn term(self) -> &'static str;
}

/// A set of members of one dimension.
pub struct Set<M>(u16, PhantomData<M>);

impl<M: Member> Set<M> {
    /// Nothing.
    pub const EMPTY: Set<M> = Set(0, PhantomData);

    /// Every value of the dimension.
    pub fn all() -> Set<M> {
        M::ALL.iter().copied().collect()
    }

    /// Exactly one value.
    pub fn only(member: M) -> Set<M> {
        Set(1 << member.index(), PhantomData)
    }

    /// True when nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many values it has.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// True when the value is in it.
    pub fn has(self, member: M) -> bool {
        self.0 & (1 << member.index()) != 0
    }

    /// True when every value here is also there.
    pub fn within(self, other: Set<M>) -> bool {
        self.0 & !other.0 == 0
    }

    /// True when the two share no value.
    pub fn disjoint(self, other: Set<M>) -> bool {
        self.0 & other.0 == 0
    }

    /// The values of either.
    #[must_use]
    pub fn union(self, other: Set<M>) -> Set<M> {
        Set(self.0 | other.0, PhantomData)
    }

    /// The values of both.
    #[must_use]
    pub fn intersection(self, other: Set<M>) -> Set<M> {
        Set(self.0 & other.0, PhantomData)
    }

    /// The values, in the order of [`Member::ALL`].
    pub fn iter(self) -> impl Iterator<Item = M> {
        M::ALL.iter().copied().filter(move |m| self.has(*m))
    }
}

impl<M: Member> FromIterator<M> for Set<M> {
    fn from_iter<I: IntoIterator<Item = M>>(members: I) -> Set<M> {
        Set(members.into_iter().fold(0, |bits, m| bits | 1 << m.index()), PhantomData)
    }
}

impl<M> Clone for Set<M> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<M> Copy for Set<M> {}
impl<M> PartialEq for Set<M> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<M> Eq for Set<M> {}
impl<M> std::hash::Hash for Set<M> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<M> PartialOrd for Set<M> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<M> Ord for Set<M> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<M: Member> fmt::Debug for Set<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Member::word)).finish()
    }
}
impl<M: Member> fmt::Display for Set<M> {
    /// The words joined by `+`: `basic+project`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, member) in self.iter().enumerate() {
            if i > 0 {
                f.write_str("+")?;
            }
            f.write_str(member.word())?;
        }
        Ok(())
    }
}

/// Declares an enum as a dimension: its words and terms, in printing order.
#[macro_export]
macro_rules! members {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $term:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$vdoc])* #[doc = $term] $variant),+ }

        impl $crate::set::Member for $name {
            const ALL: &'static [Self] = &[$($name::$variant),+];
            fn index(self) -> u32 { self as u32 }
            fn word(self) -> &'static str { match self { $($name::$variant => $word),+ } }
            fn term(self) -> &'static str { match self { $($name::$variant => $term),+ } }
        }
    };
}
