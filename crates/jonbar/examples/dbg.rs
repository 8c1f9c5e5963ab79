use std::collections::BTreeMap;
fn main(){
    let mut files: jonbar_record::Files = BTreeMap::new();
    fn walk(dir:&std::path::Path, root:&std::path::Path, files:&mut jonbar_record::Files){ for e in std::fs::read_dir(dir).unwrap(){ let p=e.unwrap().path(); if p.is_dir(){walk(&p,root,files)} else { files.insert(p.strip_prefix(root).unwrap().to_string_lossy().into_owned(), std::fs::read(&p).unwrap()); } } }
    let root=std::path::Path::new("casebooks/interwar"); walk(root,root,&mut files);
    let r=jonbar_record::load(&files).record.unwrap();
    let args:Vec<String>=std::env::args().collect(); let all: Vec<String> = if args.len()>1 { vec![std::fs::read_to_string(&args[1]).unwrap()] } else { std::io::stdin().lines().map(|l| l.unwrap()).collect() }; for l in all { println!("##");
        for a in jonbar_question::assertions(&l,&r){ println!("  {:?}\n     kinds {:?} actors {:?} byname {:?} agents {:?} people {:?} lands {:?} pacts {:?} stranger {:?} taker {:?} time {:?} ell {} den {} words {:?}",a.text,a.kinds,a.actors.iter().map(|x|r.code(*x)).collect::<Vec<_>>(),a.by_name.iter().map(|x|r.code(*x)).collect::<Vec<_>>(),a.agents.iter().map(|x|r.code(*x)).collect::<Vec<_>>(),a.people.iter().map(|p|r.people[p.0].id.clone()).collect::<Vec<_>>(),a.territories.iter().map(|t|r.territories[t.0].id.clone()).collect::<Vec<_>>(),a.pacts.iter().map(|p|r.pacts[p.0].id.clone()).collect::<Vec<_>>(),a.stranger,a.taker.is_some(),a.time.as_ref().map(|t|t.windows.iter().map(|w|format!("{}..{}",w.from,w.to)).collect::<Vec<_>>()),a.elliptic,a.denied,a.words); } }
}
