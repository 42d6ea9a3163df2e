package printer

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"
	"time"
)

// filePort is a printer at a device file that is no serial line: /dev/usb/lp0,
// the USB printer class of Linux.
type filePort struct {
	name string
	// open opens the device, once for each dial: to Linux' driver a second open is
	// another program's, be it the same one, and it answers that the device is busy.
	open func(name string) (*os.File, error)
}

func newFilePort(name string) filePort { return filePort{name: name, open: openDevice} }

func (f filePort) String() string { return f.name }

func (f filePort) perByte() time.Duration { return 0 }

func (f filePort) dial(context.Context) (port, error) {
	if info, err := os.Stat(f.name); err != nil {
		return nil, err
	} else if info.IsDir() || info.Mode().IsRegular() {
		return nil, errNoDevice
	}
	file, err := f.open(f.name)
	if err != nil {
		return nil, err
	}
	if err := lockDevice(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return fileConn{file}, nil
}

// errNoDevice says that a name is that of a file or directory.
var errNoDevice = errors.New("it is no device")

// fileConn makes a device behave as a port: no byte in time is no error.
type fileConn struct{ *os.File }

func (c fileConn) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(readTimeout)); err != nil {
		return 0, err
	}
	began := time.Now()
	n, err := c.File.Read(b)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, nil
	case errors.Is(err, io.EOF) || errors.Is(err, syscall.EINVAL):
		// Nothing to say, or a printer that never says anything: the line has
		// ended only when the device says so.
		time.Sleep(readTimeout - time.Since(began))
		return n, nil
	}
	return n, err
}

func (c fileConn) Write(b []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(ownDeadline)); err != nil {
		return 0, err
	}
	return c.File.Write(b)
}
