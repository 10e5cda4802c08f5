//! Many requests at once: two a host, in peace, and over at a word.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use dateline::net::{Done, Limits, Net, Request, Settings};

use super::{Server, answer, net, settings};

fn jobs(server: &Server, count: usize) -> Vec<(usize, Request)> {
    (0..count).map(|job| (job, Request::feed(server.url(&format!("/{job}"))))).collect()
}

#[test]
fn every_job_is_answered_once() {
    let server = Server::answering(|head, _| {
        let path = head.split(' ').nth(1).unwrap_or_default();
        if path.ends_with('7') { Vec::new() } else { answer("200 OK", "", path.as_bytes()) }
    });
    let mut good = BTreeSet::new();
    let mut bad = BTreeSet::new();
    net().run(
        jobs(&server, 40),
        &AtomicBool::new(false),
        &mut |done: Done<usize>| match done.result {
            Ok(answer) => {
                let text = answer.body.decode(99).unwrap();
                assert_eq!(text, format!("/{}", done.job).as_bytes());
                assert!(good.insert(done.job));
            }
            Err(_) => assert!(bad.insert(done.job)),
        },
    );
    assert_eq!(bad, BTreeSet::from([7, 17, 27, 37]));
    assert_eq!(good.len(), 36);
}

#[test]
fn a_host_sees_two_connections_at_most_and_they_are_used_again() {
    let connections = Arc::new(AtomicUsize::new(0));
    let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (made, now, peak) = (connections.clone(), open.clone(), most.clone());
    let server = Server::raw(Arc::default(), move |mut stream| {
        made.fetch_add(1, Ordering::SeqCst);
        peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        while super::read_head(&mut stream).is_some() {
            stream.write_all(&answer("200 OK", "", b"x")).unwrap();
        }
        now.fetch_sub(1, Ordering::SeqCst);
    });
    let mut done = 0;
    net().run(jobs(&server, 30), &AtomicBool::new(false), &mut |job: Done<usize>| {
        assert!(job.result.is_ok());
        done += 1;
    });
    assert_eq!(done, 30);
    assert!(most.load(Ordering::SeqCst) <= 2);
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[test]
fn a_domain_that_wants_peace_gets_it_in_the_same_run() {
    let limits = Limits { per_host: 1, ..settings().limits };
    for (status, asked) in [("429 Slow", 1), ("503 Busy", 1), ("403 No", 2), ("404 No", 5)] {
        let server = Server::answering(move |_, _| answer(status, "Retry-After: 9\r\n", b""));
        let net = Net::new(Settings { limits: limits.clone(), ..settings() }).unwrap();
        let mut held = 0;
        net.run(jobs(&server, 5), &AtomicBool::new(false), &mut |done: Done<usize>| {
            let error = done.result.unwrap_err();
            if error.is_held() {
                assert_eq!(error.retry_after(), Some("9"));
                held += 1;
            }
        });
        assert_eq!((server.heads().len(), held), (asked, 5 - asked), "{status}");
    }
}

#[test]
fn one_forbidden_document_does_not_silence_a_domain() {
    let limits = Limits { per_host: 1, ..settings().limits };
    let server = Server::answering(|head, _| match head.split(' ').nth(1) {
        Some("/0" | "/2" | "/4") => answer("403 No", "", b""),
        _ => answer("200 OK", "", b"x"),
    });
    let net = Net::new(Settings { limits, ..settings() }).unwrap();
    let mut held = 0;
    net.run(jobs(&server, 6), &AtomicBool::new(false), &mut |done: Done<usize>| {
        held += usize::from(done.result.is_err_and(|error| error.is_held()));
    });
    assert_eq!((server.heads().len(), held), (6, 0));
}

#[test]
fn a_run_ends_at_a_word_and_waits_for_nobody() {
    let (asked, reached) = mpsc::channel();
    let (held, wait) = mpsc::channel::<()>();
    let (asked, wait) = (Mutex::new(asked), Mutex::new(wait));
    let server = Server::talking(move |_, _, _| {
        asked.lock().unwrap().send(()).unwrap();
        let _ = wait.lock().unwrap().recv();
        false
    });
    let stop = Arc::new(AtomicBool::new(false));
    let word = Arc::clone(&stop);
    let teller = std::thread::spawn(move || {
        reached.recv().unwrap();
        word.store(true, Ordering::SeqCst);
    });
    let net = net();
    net.run(jobs(&server, 2), &stop, &mut |_: Done<usize>| panic!("nothing was answered"));
    drop(net);
    teller.join().unwrap();
    drop(held);
}

#[test]
fn a_slow_reader_loses_nothing() {
    let server = Server::answering(|_, _| answer("200 OK", "", &vec![b'x'; 50_000]));
    let limits = Limits { per_host: 8, ..settings().limits };
    let net = Net::new(Settings { limits, ..settings() }).unwrap();
    let (first, rest) = mpsc::sync_channel::<usize>(1);
    let reader = std::thread::spawn(move || rest.iter().sum::<usize>());
    net.run(jobs(&server, 20), &AtomicBool::new(false), &mut |done: Done<usize>| {
        first.send(done.result.unwrap().body.len()).unwrap();
    });
    drop(first);
    assert_eq!(reader.join().unwrap(), 20 * 50_000);
}
