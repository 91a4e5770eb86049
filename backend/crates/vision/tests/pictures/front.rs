//! The front, as the platform uses it.

use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread,
};

use bytes::Bytes;
use image::imageops;
use vision::{Error, FaceIssue, Options, Unreadable, Vision, distance};

use crate::support::{files, jpeg, photo};

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

fn is_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn photos_are_checked_and_compared_from_any_thread() {
    let vision = Vision::load(files(), Options { threads: 1, ..Options::default() }).unwrap();
    assert_eq!(vision.models(), &files().ids());
    let photo = imageops::resize(&photo(), 1280, 960, imageops::FilterType::Triangle);
    let photo = Bytes::from(jpeg(&photo, 90));
    let (other, bytes) = (vision.clone(), photo.clone());
    let elsewhere = thread::spawn(move || wait(is_send(other.check_face(bytes))));
    let here = wait(vision.check_face(photo)).unwrap();
    let elsewhere = elsewhere.join().unwrap().unwrap();
    assert_eq!((&here.issues, &elsewhere.issues), (&vec![], &vec![]));
    assert_eq!(distance(&here.embedding.unwrap(), &elsewhere.embedding.unwrap()), 0.0);

    let portrait = Bytes::from(here.small.unwrap());
    assert!(wait(vision.embed(portrait)).unwrap().is_some());
    let refused = wait(vision.check_face(Bytes::from_static(b"no photo"))).unwrap_err();
    assert_eq!(refused, Error::Unreadable(Unreadable::NotAPicture));
    let grey = jpeg(&image::RgbImage::from_pixel(800, 600, image::Rgb([128; 3])), 80);
    let nobody = wait(vision.check_face(Bytes::from(grey.clone()))).unwrap();
    assert_eq!(nobody.issues, [FaceIssue::NoFace]);
    assert!(wait(vision.embed(Bytes::from(grey))).unwrap().is_none());
}
