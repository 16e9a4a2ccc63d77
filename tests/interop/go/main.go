// Command interop lets Go's checksum-database code (golang.org/x/mod/sumdb, note and tlog) judge logs
// that chop-ledger made, and makes logs with it that chop-ledger must accept.
//
//	interop THEIRS OURS    judges the file THEIRS and writes the file OURS, both in the form of schema.go
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: interop THEIRS OURS")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "interop:", err)
		os.Exit(1)
	}
}

func run(theirs, ours string) error {
	file, err := readFile(theirs)
	if err != nil {
		return err
	}
	counts, err := judge(file)
	if err != nil {
		return err
	}
	fmt.Println("Go judged:", counts)
	made, err := makeFile()
	if err != nil {
		return err
	}
	return writeFile(ours, made)
}
