//! What happens to the condemned: weak references, finalisers, revival, clearing.
//!
//! The condemned lie in an array as the generations do.  Foreign code runs in between, and objects that
//! die by it leave holes: each step walks by index and skips them.
#![allow(unsafe_code)]

use std::collections::HashMap;
use std::ptr::NonNull;

use super::debug;
use super::generation::ObjectArray;
use super::host::{CollectorHost, DebugLine, TrashKind, Untrackable};
use super::record::CollectionRecord;
use crate::header::{ClassHead, Generation, Header, ObjectPtr, flag};
use crate::heap::Heap;

/// One of the condemned that needs more than to be cleared.
pub(super) struct Note {
    place: u32,
    kind: TrashKind,
}

impl Note {
    /// A note on the object if there is anything to note.
    #[inline(always)]
    pub fn on<H: CollectorHost + ?Sized>(
        place: usize,
        object: ObjectPtr,
        host: &H,
    ) -> Option<Note> {
        let kind = host.trash_kind(object);
        let noteworthy =
            kind.finalizer || kind.weakref || header(object).has(flag::WEAKLY_REFERENCED);
        noteworthy.then_some(Note {
            place: place as u32,
            kind,
        })
    }
}

/// What a first look at the condemned finds to do before they are cleared.
#[derive(Default)]
struct Duties {
    /// Weak references from outside whose callbacks are due; each with a reference.
    callbacks: Vec<ObjectPtr>,
    /// Places of objects with a finaliser that did not run yet.
    finalizers: Vec<u32>,
    weakrefs_cleared: usize,
}

impl Heap {
    /// Sees the condemned off; those that turn out alive move to `next`.  Returns how many were
    /// unreachable when the finalisers had run.
    pub(super) fn dispose<H: CollectorHost + ?Sized>(
        &self,
        notes: &[Note],
        next: &ObjectArray,
        record: &mut CollectionRecord,
        host: &mut H,
    ) -> usize {
        let condemned = self.gc.array(Generation::Condemned);
        if self.gc.recording.get() {
            record.trash = self.trash_by_class(host);
        }
        let print = self.gc.debug.get() & debug::COLLECTABLE != 0;
        if print {
            each(condemned, |object| {
                host.debug(DebugLine::Collectable(object))
            });
        }
        let duties = self.sever_weakrefs(notes, host);
        record.weakrefs_cleared = duties.weakrefs_cleared;
        record.callbacks = duties.callbacks.len();
        let code_ran = print || !duties.callbacks.is_empty() || !duties.finalizers.is_empty();
        let freed_weakrefs = if duties.callbacks.is_empty() {
            0
        } else {
            host.run_weakref_callbacks(duties.callbacks)
        };
        record.finalized = self.finalize(&duties.finalizers, host);
        if code_ran {
            record.resurrected = self.save_revived(next);
        }
        let unreachable = condemned.count();
        self.clear_condemned(next, host);
        unreachable + freed_weakrefs
    }

    fn trash_by_class<H: CollectorHost + ?Sized>(&self, host: &H) -> Vec<(String, usize)> {
        let mut counts: HashMap<NonNull<ClassHead>, usize> = HashMap::new();
        each(self.gc.array(Generation::Condemned), |object| {
            *counts.entry(header(object).class()).or_default() += 1;
        });
        let mut trash: Vec<(String, usize)> = counts
            .into_iter()
            .map(|(class, count)| (host.class_name(class), count))
            .collect();
        trash.sort_by(|(name, count), (other, more)| more.cmp(count).then(name.cmp(other)));
        trash
    }

    /// Makes all weak references to trash dead, and those that are trash themselves: their
    /// callbacks must not see what is being torn down.  Notes whose callbacks and finalisers are due.
    fn sever_weakrefs<H: CollectorHost + ?Sized>(&self, notes: &[Note], host: &mut H) -> Duties {
        let condemned = self.gc.array(Generation::Condemned);
        let mut duties = Duties::default();
        for note in notes {
            // Debugging output may have run code that broke a cycle.
            let Some(object) = condemned.get(note.place as usize) else {
                continue;
            };
            if note.kind.finalizer && !header(object).has(flag::FINALIZED) {
                duties.finalizers.push(note.place);
            }
            if note.kind.weakref
                && let Some(referent) = host.sever_weakref(object).referent
            {
                self.unregister_weakref(referent, object);
                duties.weakrefs_cleared += 1;
            }
            self.take_weakrefs(object, |weakref| {
                duties.weakrefs_cleared += 1;
                let callback = host.sever_weakref(weakref).callback;
                if callback && header(weakref).generation() != Generation::Condemned {
                    header(weakref).increment();
                    duties.callbacks.push(weakref);
                }
            });
        }
        duties
    }

    /// Runs the finalisers, each once ever.
    fn finalize<H: CollectorHost + ?Sized>(&self, places: &[u32], host: &mut H) -> usize {
        let condemned = self.gc.array(Generation::Condemned);
        let mut finalized = 0;
        for &place in places {
            // An earlier finaliser may have freed it, or run it by other means.
            let Some(object) = condemned.get(place as usize) else {
                continue;
            };
            if header(object).has(flag::FINALIZED) {
                continue;
            }
            header(object).set(flag::FINALIZED);
            header(object).increment();
            host.run_finalizer(object);
            finalized += 1;
            // SAFETY: the reference was just taken.
            unsafe { self.drop_reference(object) };
        }
        finalized
    }

    /// Moves those of the condemned that something outside refers to again, and all they reach, to
    /// `next`.
    fn save_revived(&self, next: &ObjectArray) -> usize {
        let condemned = self.gc.array(Generation::Condemned);
        let mut trial = self.gc.trial.take();
        trial.find_unreachable(condemned, Untrackable::default());
        trial.distribute(condemned, next, condemned, |_, _| ());
        let revived = trial.examined() - trial.unreachable();
        self.gc.trial.set(trial.emptied());
        revived
    }

    /// Breaks the cycles, or saves the trash if it is to be looked at.  What is still alive then (a
    /// clear function need not clear everything) moves to `next` and may die later.
    fn clear_condemned<H: CollectorHost + ?Sized>(&self, next: &ObjectArray, host: &mut H) {
        let condemned = self.gc.array(Generation::Condemned);
        let save = self.gc.debug.get() & debug::SAVEALL != 0;
        let mut index = 0;
        while index < condemned.places() {
            condemned.prefetch(index + 8);
            if let Some(object) = condemned.get(index) {
                if save {
                    host.save_garbage(object);
                } else {
                    header(object).increment();
                    // SAFETY: the object is live, not least by the reference just taken, and
                    // classes outlive their instances.
                    unsafe {
                        (header(object).class().as_ref().ops.get().clear)(object);
                        self.drop_reference(object);
                    }
                }
                if condemned.get(index) == Some(object) {
                    let entry = condemned.entry(index);
                    condemned.dig(index);
                    next.adopt(object, entry);
                }
            }
            index += 1;
        }
    }
}

/// Shows the objects of an array.
fn each(array: &ObjectArray, mut visit: impl FnMut(ObjectPtr)) {
    let mut index = 0;
    while index < array.places() {
        array.prefetch(index + 8);
        if let Some(object) = array.get(index) {
            visit(object);
        }
        index += 1;
    }
}

fn header<'a>(object: ObjectPtr) -> &'a Header {
    // SAFETY: called with objects that are live; the reference is used at once.
    unsafe { object.as_ref() }
}
