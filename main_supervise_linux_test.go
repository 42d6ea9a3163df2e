package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestNothingIsLeftBehind: a program that ends leaves nothing, not even a process
// that is stopped and hears no signal, as one that draws a frozen page may be.
func TestNothingIsLeftBehind(t *testing.T) {
	program := exec.CommandContext(t.Context(), "sh", "-c", `sleep 1000 & echo $!; kill -STOP $!; read end; exit 75`)
	says, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	hears, err := program.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	code := make(chan int, 1)
	go func() {
		_ = runToTheEnd(program) // its code is what is wanted
		code <- exitCode(program)
	}()

	line, err := bufio.NewReader(says).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	stopped := watchProcess(t, strings.TrimSpace(line))
	if _, err := io.WriteString(hears, "end\n"); err != nil {
		t.Fatal(err)
	}
	if got := <-code; got != 75 {
		t.Errorf("the program ended with %d, want 75", got)
	}
	awaitProcess(t, stopped)
}

// watchProcess is a handle of a process that stays right when its number is given
// to another.
func watchProcess(t *testing.T, number string) *os.File {
	t.Helper()
	id, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(err)
	}
	handle, err := unix.PidfdOpen(id, 0)
	if err != nil {
		t.Fatal(err)
	}
	file := os.NewFile(uintptr(handle), "process "+number)
	t.Cleanup(func() {
		_ = unix.PidfdSendSignal(handle, unix.SIGKILL, nil, 0) // a failed test
		_ = file.Close()
	})
	return file
}

// awaitProcess waits until a process has ended.
func awaitProcess(t *testing.T, process *os.File) {
	t.Helper()
	const patience = 30_000 // milliseconds
	for {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(process.Fd()), Events: unix.POLLIN}}, patience)
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			t.Fatal(err)
		case n == 0:
			t.Fatalf("%s goes on", process.Name())
		}
		return
	}
}

// TestSupervisedHall: a hall under --supervise ends in good order when its
// supervisor is told to, and when that is killed.
func TestSupervisedHall(t *testing.T) {
	data := t.TempDir()
	hall := serve(t, data, superviseFlag)
	if err := hall.stop(); err != nil {
		t.Error(err)
	}
	hall = serve(t, data, superviseFlag)
	hall.kill() // returns once nobody holds the hall's output open
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, hall.address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if response, err := hall.client.Do(request); err == nil {
		_ = response.Body.Close() // it should not be there at all
		t.Error("the hall of a killed supervisor still answers")
	}
	if code, said := runProgram(t, "check", "--data", data); code != 0 {
		t.Errorf("check ended with %d:\n%s", code, said)
	}
}
