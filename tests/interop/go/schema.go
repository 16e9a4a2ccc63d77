package main

import (
	"bytes"
	"encoding/json"
	"os"

	"golang.org/x/mod/sumdb/tlog"
)

// File is what the two sides hand each other; []byte and tlog.Hash are base64 in JSON.
type File struct {
	Logs           []Log         `json:"logs"`
	BadNotes       []BadNote     `json:"bad_notes"`
	BadInclusion   []Inclusion   `json:"bad_inclusion"`
	BadConsistency []Consistency `json:"bad_consistency"`
	Places         []Place       `json:"places"`
}

// Log is one log: its key, the data of its leaves, and what can be said of it.
type Log struct {
	VKey        string        `json:"vkey"`
	Leaves      [][]byte      `json:"leaves"`
	Stored      []tlog.Hash   `json:"stored"`
	Checkpoints []Checkpoint  `json:"checkpoints"`
	Inclusion   []Inclusion   `json:"inclusion"`
	Consistency []Consistency `json:"consistency"`
}

// Checkpoint is a signed note and the size that it should have.
type Checkpoint struct {
	Size int64  `json:"size"`
	Note string `json:"note"`
}

// BadNote is a note that must not open.
type BadNote struct {
	Name string `json:"name"`
	VKey string `json:"vkey"`
	Note string `json:"note"`
}

// Inclusion is a proof that a leaf is at an index of a tree.
type Inclusion struct {
	Size     int64       `json:"size"`
	Index    int64       `json:"index"`
	LeafHash tlog.Hash   `json:"leaf_hash"`
	Root     tlog.Hash   `json:"root"`
	Proof    []tlog.Hash `json:"proof"`
}

// Consistency is a proof that one tree continues another.
type Consistency struct {
	Old     int64       `json:"old"`
	New     int64       `json:"new"`
	OldRoot tlog.Hash   `json:"old_root"`
	NewRoot tlog.Hash   `json:"new_root"`
	Proof   []tlog.Hash `json:"proof"`
}

// Place is where the hash of a complete subtree is stored.
type Place struct {
	Level int   `json:"level"`
	N     int64 `json:"n"`
	Place int64 `json:"place"`
}

func readFile(name string) (*File, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	file := new(File)
	return file, decoder.Decode(file)
}

func writeFile(name string, file *File) error {
	data, err := json.Marshal(file)
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
