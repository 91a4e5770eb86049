//! The front: threads of its own, a queue with a limit and a deadline, so that a crowd with cameras is told to wait
//! instead of slowing everything else down.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use bytes::Bytes;
use rten::ThreadPool;
use tokio::sync::oneshot;

use crate::{
    Card, Embedding, Error, FaceReport, LoadError, ModelFiles, ModelIds, Picture,
    card::CardReader,
    face::FaceChecker,
    picture::{FACE, PORTRAIT},
};

#[derive(Debug, Clone)]
pub struct Options {
    /// Pictures looked at at the same time, and cores used for it.
    pub threads: usize,
    /// Pictures that may wait.
    pub queue: usize,
    /// How long a picture may wait.
    pub deadline: Duration,
}

impl Default for Options {
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self { threads: cores.clamp(1, 4), queue: 32, deadline: Duration::from_secs(10) }
    }
}

/// Cheap to clone. The threads end with the last clone, when they have finished the picture they are at.
#[derive(Clone)]
pub struct Vision {
    models: Arc<ModelIds>,
    engine: Arc<Engine>,
    pool: Arc<Pool>,
}

struct Engine {
    cards: CardReader,
    faces: FaceChecker,
}

impl Vision {
    /// Takes a second or so: the networks are read and arranged for this processor, once.
    pub fn load(files: &ModelFiles, options: Options) -> Result<Self, LoadError> {
        let cores = Arc::new(ThreadPool::with_num_threads(options.threads.max(1)));
        let engine = Engine { cards: CardReader::load(files)?, faces: FaceChecker::load(files, &cores)? };
        Ok(Self { models: Arc::new(files.ids()), engine: Arc::new(engine), pool: Arc::new(Pool::start(&options)?) })
    }

    /// What stored results carry.
    pub fn models(&self) -> &ModelIds {
        &self.models
    }

    pub async fn read_card(&self, bytes: Bytes) -> Result<Card, Error> {
        self.run(move |engine| engine.cards.read(&Picture::read(&bytes)?)).await
    }

    pub async fn check_face(&self, bytes: Bytes) -> Result<FaceReport, Error> {
        self.run(move |engine| engine.faces.check(&Picture::read_within(&bytes, &FACE)?)).await
    }

    /// The numbers of the largest face in however small a picture, such as a card's portrait. `None`: no face.
    pub async fn embed(&self, bytes: Bytes) -> Result<Option<Embedding>, Error> {
        self.run(move |engine| engine.faces.embed(&Picture::read_within(&bytes, &PORTRAIT)?)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let engine = Arc::clone(&self.engine);
        self.pool.run(move || work(&engine)).await
    }
}

type Job = Box<dyn FnOnce() + Send>;

struct Pool {
    /// `None` only while it is dropped.
    jobs: Option<SyncSender<Job>>,
    threads: Vec<JoinHandle<()>>,
    deadline: Duration,
    load: Arc<Load>,
}

#[derive(Default)]
struct Load {
    waiting: AtomicUsize,
    /// Of one picture, lately.
    milliseconds: AtomicU64,
}

impl Pool {
    fn start(options: &Options) -> Result<Self, LoadError> {
        let (jobs, receiver) = sync_channel(options.queue);
        let receiver = Arc::new(Mutex::new(receiver));
        let thread = |number| {
            let receiver = Arc::clone(&receiver);
            let builder = thread::Builder::new().name(format!("vision-{number}"));
            builder.spawn(move || work(&receiver)).map_err(|error| LoadError::Threads(error.to_string()))
        };
        let threads = (0..options.threads.max(1)).map(thread).collect::<Result<_, _>>()?;
        Ok(Self { jobs: Some(jobs), threads, deadline: options.deadline, load: Arc::default() })
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        let (queued, deadline, load) = (Instant::now(), self.deadline, Arc::clone(&self.load));
        let job: Job = Box::new(move || {
            load.waiting.fetch_sub(1, Ordering::Relaxed);
            // Nobody listens when the one who asked has hung up.
            if answer.is_closed() {
                return;
            }
            if queued.elapsed() > deadline {
                let _ = answer.send(Err(Error::Expired));
                return;
            }
            let started = Instant::now();
            let result = work();
            load.took(started.elapsed());
            let _ = answer.send(result);
        });
        self.load.waiting.fetch_add(1, Ordering::Relaxed);
        let sent = self.jobs.as_ref().map(|jobs| jobs.try_send(job));
        if let None | Some(Err(TrySendError::Full(_) | TrySendError::Disconnected(_))) = sent {
            self.load.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Error::Busy { retry_after: self.load.retry_after(self.threads.len()) });
        }
        // No answer: the work panicked, and took the sender with it.
        answered.await.unwrap_or_else(|_| Err(Error::Model("the picture made the program fail".into())))
    }
}

impl Load {
    fn took(&self, time: Duration) {
        let now = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let before = self.milliseconds.load(Ordering::Relaxed);
        let mean = if before == 0 { now } else { (before.saturating_mul(7).saturating_add(now)) / 8 };
        self.milliseconds.store(mean, Ordering::Relaxed);
    }

    /// When those who wait now will have been served, in whole seconds, between 1 and 30.
    fn retry_after(&self, threads: usize) -> Duration {
        let waiting = self.waiting.load(Ordering::Relaxed) as u64;
        let milliseconds = waiting.saturating_mul(self.milliseconds.load(Ordering::Relaxed)) / threads.max(1) as u64;
        Duration::from_secs((milliseconds / 1000 + 1).min(30))
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            // A thread that panicked has nothing left to say.
            let _ = thread.join();
        }
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        // The lock is held while one thread waits for a job, never while it works.
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // A picture that makes a decoder panic must not take a thread along; who sent it is told.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use std::{
        future::Future,
        pin::pin,
        sync::mpsc,
        task::{Context, Poll, Wake, Waker},
    };

    use super::*;

    struct Unpark(thread::Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    fn wait<T>(future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return value;
            }
            thread::park();
        }
    }

    /// Starts a job without waiting for it, as a handler that is polled once.
    fn start<'a, T>(future: std::pin::Pin<&mut (impl Future<Output = T> + 'a)>) -> bool {
        future.poll(&mut Context::from_waker(Waker::noop())).is_pending()
    }

    fn pool(queue: usize, deadline: Duration) -> Pool {
        Pool::start(&Options { threads: 1, queue, deadline }).unwrap()
    }

    #[test]
    fn a_full_queue_says_so_at_once_and_goes_on_afterwards() {
        let pool = pool(1, Duration::from_secs(60));
        let (busy, is_busy) = mpsc::channel();
        let (go, gone) = mpsc::channel::<()>();
        let mut first = pin!(pool.run(move || {
            busy.send(()).unwrap();
            gone.recv().unwrap();
            Ok(1)
        }));
        assert!(start(first.as_mut()));
        is_busy.recv().unwrap();
        let mut second = pin!(pool.run(|| Ok(2)));
        assert!(start(second.as_mut()));
        assert_eq!(wait(pool.run(|| Ok(3))), Err(Error::Busy { retry_after: Duration::from_secs(1) }));
        go.send(()).unwrap();
        assert_eq!((wait(first), wait(second)), (Ok(1), Ok(2)));
        assert_eq!(wait(pool.run(|| Ok(4))), Ok(4));
        assert_eq!(pool.load.waiting.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn who_waited_too_long_is_not_worked_for() {
        let pool = pool(4, Duration::ZERO);
        assert_eq!(wait(pool.run(|| -> Result<(), _> { panic!("worked") })), Err(Error::Expired));
    }

    #[test]
    fn a_panic_is_an_answer_and_the_thread_goes_on() {
        let pool = pool(4, Duration::from_secs(60));
        let failed = wait(pool.run(|| -> Result<(), _> { panic!("a decoder") }));
        assert!(matches!(failed, Err(Error::Model(_))));
        assert_eq!(wait(pool.run(|| Ok(1))), Ok(1));
    }

    #[test]
    fn who_hung_up_is_not_worked_for() {
        let pool = pool(4, Duration::from_secs(60));
        let (go, gone) = mpsc::channel::<()>();
        let mut first = pin!(pool.run(move || {
            let _: () = gone.recv().unwrap();
            Ok(())
        }));
        assert!(start(first.as_mut()));
        {
            let mut second = Box::pin(pool.run(|| -> Result<(), _> { panic!("worked") }));
            assert!(start(second.as_mut()));
        }
        go.send(()).unwrap();
        assert_eq!(wait(first), Ok(()));
        assert_eq!(wait(pool.run(|| Ok(3))), Ok(3));
    }

    #[test]
    fn who_is_refused_hears_how_long_the_queue_is() {
        let load = Load::default();
        load.waiting.store(20, Ordering::Relaxed);
        load.took(Duration::from_millis(500));
        assert_eq!(load.retry_after(2), Duration::from_secs(6));
        load.took(Duration::from_secs(3600));
        assert_eq!(load.retry_after(2), Duration::from_secs(30));
    }
}
