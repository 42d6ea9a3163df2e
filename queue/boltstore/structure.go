package boltstore

import "os"

func checkFile(f *os.File, path string) error { return nil }
