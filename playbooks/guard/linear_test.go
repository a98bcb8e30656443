//go:build unix

package guard

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// Many times the text costs about as many times the work, whatever the text is made of.
func TestLinear(t *testing.T) {
	g := New()
	for _, unit := range []string{"我不知我不知 i do not i do not ", "我不喜欢你。", "您说“我不知道”，", "i d o n t ", "我 不 ", "“", "《我不知道", "wobuzhidao", "wo bu ", "真", "hurry ", "…我", "k*n*", "iiii", "idontknow", "(", "\u202e我不"} {
		cost := func(n int) time.Duration {
			text := strings.Repeat(unit, n)
			start := spent(t)
			g.Check(text)
			return spent(t) - start
		}
		cost(1000) // what is remembered between drafts
		if one, many := cost(1000), cost(16000); many > 150*max(one, time.Millisecond) {
			t.Errorf("%q: 1000 times %v, 16000 times %v", unit, one, many)
		}
	}
}

// spent is the processor time that the process used so far: other work on the machine does not count.
func spent(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano())
}
