// SPDX-License-Identifier: EUPL-1.2

// Verifies the checkpoints of an export with the note and tree code of the Go project (golang.org/x/mod/sumdb), which
// shares nothing with ours: first argument the folder of the export, then verifier keys as `korf member show` prints.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(folder, key string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return fmt.Errorf("verifier key %s: %w", key, err)
	}
	name := sha256.Sum256([]byte(verifier.Name()))
	log := filepath.Join(folder, hex.EncodeToString(name[:]))
	text, err := os.ReadFile(filepath.Join(log, "checkpoint"))
	if err != nil {
		return err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return fmt.Errorf("%s: %w", log, err)
	}
	size, root, err := head(opened.Text)
	if err != nil {
		return err
	}
	computed, err := rootOf(log, size)
	if err != nil {
		return err
	}
	if computed != root {
		return fmt.Errorf("%s: the entries give another root than the checkpoint", log)
	}
	fmt.Printf("note: ok, %s, %d entries\n", verifier.Name(), size)
	return nil
}

func head(text string) (int64, tlog.Hash, error) {
	var origin, encoded string
	var size int64
	if _, err := fmt.Sscanf(text, "%s\n%d\n%s\n", &origin, &size, &encoded); err != nil {
		return 0, tlog.Hash{}, err
	}
	root, err := tlog.ParseHash(encoded)
	return size, root, err
}

// rootOf reads the entry bundles and builds the tree with the Go project's code.
func rootOf(log string, size int64) (tlog.Hash, error) {
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for position, index := range indexes {
			found[position] = hashes[index]
		}
		return found, nil
	})
	var count int64
	for bundle := int64(0); bundle*256 < size; bundle++ {
		path := filepath.Join(log, "tile", "entries", tilePath(bundle))
		if size-bundle*256 < 256 {
			path = filepath.Join(path+".p", fmt.Sprint(size-bundle*256))
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return tlog.Hash{}, err
		}
		for len(data) >= 2 {
			length := int(data[0])<<8 | int(data[1])
			if len(data) < 2+length {
				return tlog.Hash{}, fmt.Errorf("%s is cut short", path)
			}
			stored, err := tlog.StoredHashes(count, data[2:2+length], reader)
			if err != nil {
				return tlog.Hash{}, err
			}
			hashes = append(hashes, stored...)
			data = data[2+length:]
			count++
		}
	}
	if count != size {
		return tlog.Hash{}, fmt.Errorf("%s: %d entries instead of %d", log, count, size)
	}
	return tlog.TreeHash(size, reader)
}

func tilePath(number int64) string {
	path := fmt.Sprintf("%03d", number%1000)
	for number >= 1000 {
		number /= 1000
		path = fmt.Sprintf("x%03d/%s", number%1000, path)
	}
	return path
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: notes FOLDER VERIFIERKEY...")
		os.Exit(2)
	}
	for _, key := range os.Args[2:] {
		if err := check(os.Args[1], key); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
