package main

import (
	"crypto/rand"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// makeFile makes logs of several sizes with fresh keys and random leaves.
func makeFile() (*File, error) {
	file := &File{BadNotes: []BadNote{}, BadInclusion: []Inclusion{}, BadConsistency: []Consistency{}, Places: []Place{}}
	for i, size := range []int64{1, 2, 7, 33, 100} {
		log, err := makeLog(fmt.Sprintf("example.com/go-log-%d", i), size)
		if err != nil {
			return nil, err
		}
		file.Logs = append(file.Logs, *log)
		if err := makeBad(file, log); err != nil {
			return nil, err
		}
	}
	for level := 0; level < 40; level++ {
		for n := int64(0); n < 1<<20; n = 3*n + 1 {
			file.Places = append(file.Places, Place{level, n, tlog.StoredHashIndex(level, n)})
		}
	}
	return file, nil
}

func makeLog(name string, size int64) (*Log, error) {
	skey, vkey, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return nil, err
	}
	log := &Log{VKey: vkey}
	for i := int64(0); i < size; i++ {
		leaf := make([]byte, 32)
		if _, err := rand.Read(leaf); err != nil {
			return nil, err
		}
		log.Leaves = append(log.Leaves, leaf)
	}
	stored, err := storeAll(log.Leaves)
	if err != nil {
		return nil, err
	}
	log.Stored = stored
	roots := make([]tlog.Hash, size+1)
	for n := int64(0); n <= size; n++ {
		if roots[n], err = rootOf(n, stored); err != nil {
			return nil, err
		}
		text := fmt.Sprintf("%s\n%d\n%s\n", name, n, roots[n])
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		if err != nil {
			return nil, err
		}
		log.Checkpoints = append(log.Checkpoints, Checkpoint{n, string(signed)})
	}
	return log, prove(log, size, stored, roots)
}

func prove(log *Log, size int64, stored hashes, roots []tlog.Hash) error {
	for index := int64(0); index < size; index++ {
		proof, err := tlog.ProveRecord(size, index, stored)
		if err != nil {
			return err
		}
		leaf := tlog.RecordHash(log.Leaves[index])
		log.Inclusion = append(log.Inclusion, Inclusion{size, index, leaf, roots[size], proof})
	}
	for old := int64(1); old <= size; old++ {
		proof, err := tlog.ProveTree(size, old, stored)
		if err != nil {
			return err
		}
		log.Consistency = append(log.Consistency, Consistency{old, size, roots[old], roots[size], proof})
	}
	return nil
}

// makeBad adds one spoilt copy of each kind.
func makeBad(file *File, log *Log) error {
	last := log.Checkpoints[len(log.Checkpoints)-1]
	file.BadNotes = append(file.BadNotes, BadNote{"another text", log.VKey, "x" + last.Note})
	inclusion := log.Inclusion[len(log.Inclusion)-1]
	inclusion.LeafHash[0] ^= 1
	file.BadInclusion = append(file.BadInclusion, inclusion)
	consistency := log.Consistency[0]
	consistency.OldRoot[31] ^= 1
	file.BadConsistency = append(file.BadConsistency, consistency)
	return nil
}
