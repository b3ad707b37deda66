//! Work on many things, by several threads where the caller allows it; what comes of it is taken in the order of the things.

/// Does `work` with each of `items` and gives what comes of it to `take`, in their order. `begin` is called before each of them,
/// unless `helpers` share the work: threads beside this one.
#[cfg(not(target_arch = "wasm32"))]
pub fn each<T: Sync, R: Send>(
    items: &[T],
    helpers: usize,
    begin: &mut dyn FnMut(&T),
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R),
) {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    if helpers == 0 {
        return items.iter().for_each(|item| {
            begin(item);
            take(work(item));
        });
    }
    let next = AtomicUsize::new(0);
    let take_next = || {
        let index = next.fetch_add(1, Ordering::Relaxed);
        items.get(index).map(|item| (index, work(item)))
    };
    let run = || std::iter::from_fn(take_next).collect::<Vec<_>>();
    let mut done = thread::scope(|scope| {
        // Where no thread can be started, this one does all.
        let start = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).ok();
        let helpers: Vec<_> = (0..helpers.min(items.len().saturating_sub(1))).filter_map(start).collect();
        let mut done = run();
        for helper in helpers {
            done.extend(helper.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().for_each(|(_, result)| take(result));
}

/// Does `work` with each of `items`, one after another, as a browser's worker has it.
#[cfg(target_arch = "wasm32")]
pub fn each<T, R>(items: &[T], _helpers: usize, begin: &mut dyn FnMut(&T), work: impl Fn(&T) -> R, mut take: impl FnMut(R)) {
    for item in items {
        begin(item);
        take(work(item));
    }
}

/// Bytes of a thread's stack: parsers recurse as deep as their input is nested. Only what is touched costs memory.
#[cfg(not(target_arch = "wasm32"))]
pub const STACK: usize = 256 << 20;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::each;

    #[test]
    fn results_are_taken_in_order_however_many_threads_work() {
        let items: Vec<usize> = (0..500).collect();
        for helpers in [0, 1, 7] {
            let (mut begun, mut taken) = (0, Vec::new());
            each(&items, helpers, &mut |_| begun += 1, |item| item * 2, |result| taken.push(result));
            assert!(taken.iter().copied().eq(items.iter().map(|item| item * 2)));
            assert_eq!(begun, if helpers == 0 { items.len() } else { 0 });
        }
        each(&[0_usize; 0], 3, &mut |_| (), |item| *item, |_| panic!("there is nothing to take"));
    }
}
