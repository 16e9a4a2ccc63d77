package main

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Counts is what was judged; an empty file must not pass for a good one.
type Counts struct {
	Logs, Stored, Checkpoints, Inclusion, Consistency, Refused, Places int
}

func (c Counts) String() string {
	return fmt.Sprintf("%d logs, %d stored hashes, %d checkpoints, %d inclusion and %d consistency proofs, %d places; %d bad ones refused",
		c.Logs, c.Stored, c.Checkpoints, c.Inclusion, c.Consistency, c.Places, c.Refused)
}

func judge(file *File) (Counts, error) {
	var counts Counts
	for _, log := range file.Logs {
		if err := judgeLog(log, &counts); err != nil {
			return counts, fmt.Errorf("log %s: %w", log.VKey, err)
		}
		counts.Logs++
	}
	for _, place := range file.Places {
		if got := tlog.StoredHashIndex(place.Level, place.N); got != place.Place {
			return counts, fmt.Errorf("subtree %d of level %d: stored at %d, theirs at %d", place.N, place.Level, got, place.Place)
		}
		counts.Places++
	}
	if err := refuseBad(file, &counts); err != nil {
		return counts, err
	}
	if counts.Logs == 0 || counts.Checkpoints == 0 || counts.Inclusion == 0 || counts.Consistency == 0 || counts.Refused == 0 || counts.Places == 0 {
		return counts, fmt.Errorf("something was not there to judge: %s", counts)
	}
	return counts, nil
}

func judgeLog(log Log, counts *Counts) error {
	stored, err := storeAll(log.Leaves)
	if err != nil {
		return err
	}
	if len(stored) != len(log.Stored) {
		return fmt.Errorf("%d stored hashes, theirs %d", len(stored), len(log.Stored))
	}
	for i, hash := range stored {
		if hash != log.Stored[i] {
			return fmt.Errorf("stored hash %d differs", i)
		}
		counts.Stored++
	}
	for _, checkpoint := range log.Checkpoints {
		if err := judgeCheckpoint(log, checkpoint, stored); err != nil {
			return fmt.Errorf("checkpoint of size %d: %w", checkpoint.Size, err)
		}
		counts.Checkpoints++
	}
	for _, p := range log.Inclusion {
		if err := judgeInclusion(log, p, stored); err != nil {
			return fmt.Errorf("inclusion of %d in %d: %w", p.Index, p.Size, err)
		}
		counts.Inclusion++
	}
	for _, p := range log.Consistency {
		if err := judgeConsistency(p, stored); err != nil {
			return fmt.Errorf("consistency of %d with %d: %w", p.Old, p.New, err)
		}
		counts.Consistency++
	}
	return nil
}

func judgeCheckpoint(log Log, checkpoint Checkpoint, stored hashes) error {
	verifier, err := note.NewVerifier(log.VKey)
	if err != nil {
		return err
	}
	opened, err := note.Open([]byte(checkpoint.Note), note.VerifierList(verifier))
	if err != nil {
		return err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || len(opened.Sigs) != 1 || len(opened.UnverifiedSigs) != 0 {
		return fmt.Errorf("not three lines and one signature")
	}
	root, err := rootOf(checkpoint.Size, stored)
	if err != nil {
		return err
	}
	if lines[0] != verifier.Name() || lines[1] != strconv.FormatInt(checkpoint.Size, 10) || lines[2] != root.String() {
		return fmt.Errorf("another origin, size or root")
	}
	return nil
}

func judgeInclusion(log Log, p Inclusion, stored hashes) error {
	root, err := tlog.TreeHash(p.Size, stored)
	if err != nil {
		return err
	}
	if root != p.Root || tlog.RecordHash(log.Leaves[p.Index]) != p.LeafHash {
		return fmt.Errorf("another root or leaf hash")
	}
	own, err := tlog.ProveRecord(p.Size, p.Index, stored)
	if err != nil {
		return err
	}
	if !same(own, p.Proof) {
		return fmt.Errorf("another proof")
	}
	return tlog.CheckRecord(p.Proof, p.Size, p.Root, p.Index, p.LeafHash)
}

func judgeConsistency(p Consistency, stored hashes) error {
	own, err := tlog.ProveTree(p.New, p.Old, stored)
	if err != nil {
		return err
	}
	if !same(own, p.Proof) {
		return fmt.Errorf("another proof")
	}
	return tlog.CheckTree(p.Proof, p.New, p.NewRoot, p.Old, p.OldRoot)
}

func refuseBad(file *File, counts *Counts) error {
	for _, bad := range file.BadNotes {
		verifier, err := note.NewVerifier(bad.VKey)
		if err != nil {
			return err
		}
		if _, err := note.Open([]byte(bad.Note), note.VerifierList(verifier)); err == nil {
			return fmt.Errorf("bad note %s was opened", bad.Name)
		}
		counts.Refused++
	}
	for i, p := range file.BadInclusion {
		if tlog.CheckRecord(p.Proof, p.Size, p.Root, p.Index, p.LeafHash) == nil {
			return fmt.Errorf("bad inclusion proof %d was accepted", i)
		}
		counts.Refused++
	}
	for i, p := range file.BadConsistency {
		if tlog.CheckTree(p.Proof, p.New, p.NewRoot, p.Old, p.OldRoot) == nil {
			return fmt.Errorf("bad consistency proof %d was accepted", i)
		}
		counts.Refused++
	}
	return nil
}

// hashes is a store in memory.
type hashes []tlog.Hash

// ReadHashes is tlog's way to ask for stored hashes.
func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(h)) {
			return nil, fmt.Errorf("no stored hash %d", index)
		}
		found[i] = h[index]
	}
	return found, nil
}

func storeAll(leaves [][]byte) (hashes, error) {
	var stored hashes
	for n, leaf := range leaves {
		added, err := tlog.StoredHashes(int64(n), leaf, stored)
		if err != nil {
			return nil, err
		}
		stored = append(stored, added...)
	}
	return stored, nil
}

// rootOf knows the empty tree too; older versions of tlog do not.
func rootOf(size int64, stored hashes) (tlog.Hash, error) {
	if size == 0 {
		empty, err := base64.StdEncoding.DecodeString("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
		var root tlog.Hash
		copy(root[:], empty)
		return root, err
	}
	return tlog.TreeHash(size, stored)
}

func same(a, b []tlog.Hash) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
