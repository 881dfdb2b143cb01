/**
 * Programs and builtins that an injected command line begins with, by how much the bare name
 * says. `distinctive`: hardly a word in any text. `terse`: short names that occur as field names
 * or abbreviations. `word`: also words of everyday language, which need arguments to convict.
 */
export type ProgramRank = "distinctive" | "terse" | "word";

const distinctive =
  // Shells and interpreters.
  "sh bash zsh ksh csh tcsh rbash busybox powershell pwsh cmd wscript cscript mshta " +
  "irb php-cgi luajit tclsh gawk mawk nawk " +
  "osascript jrunscript javac gcc g++ clang c89 c99 gdb lldb strace ltrace " +
  // Who, where, what.
  "whoami uname ifconfig ipconfig netstat nslookup systeminfo sysinfo tasklist taskkill " +
  "lsb_release lscpu lsof lsblk lsmod lsusb lspci dmesg vmstat iostat lastlog lastlogin " +
  "getent getconf dmidecode printenv logname sysctl getmac nbtstat tracert traceroute tracepath " +
  "pathping quser qwinsta wmic netsh schtasks gpresult whoami.exe ipcalc iwconfig " +
  // Move data.
  "wget curl w3m elinks aria2c lwp-request lwp-download lwp-mirror ncat netcat socat " +
  "tftp sftp scp ssh-keygen certutil bitsadmin regsvr32 rundll32 " +
  "installutil msbuild msiexec nc.exe nc.traditional nc.openbsd sendmail mailx " +
  // Files and text.
  "chmod chown chgrp chattr lsattr mkdir rmdir mkfifo mknod mktemp realpath " +
  "egrep fgrep zgrep pgrep zcat bzcat xzcat zless zmore gunzip bzip2 bunzip2 " +
  "unxz xz zstd 7z 7za cpio shred xxd hexdump hd awk sed xargs base64 base32 md5sum " +
  "sha1sum sha256sum sha512sum cksum csplit uniq wc busctl journalctl findstr xcopy " +
  "robocopy attrib icacls cacls takeown fsutil uuencode uudecode iconv dos2unix " +
  // Accounts, services, packages.
  "passwd useradd userdel usermod groupadd adduser deluser visudo sudo sudoedit su doas chsh chfn " +
  "chroot crontab systemctl initctl rc-service insmod modprobe rmmod iptables ip6tables nft ufw " +
  "nmap masscan hping3 tcpdump tshark aptitude apt-get dpkg pacman zypper " +
  "cpan ansible-config ansible-galaxy ansible-console " +
  "ansible-doc ansible-inventory ansible-pull ansible-vault ansible-playbook chef-client chef-vault " +
  "chef-shell chef-run cscli mysqldump redis-cli " +
  "pg_dump cpulimit flock nohup setsid stdbuf timeout.exe unshare nsenter capsh setarch htop " +
  "rmt rmt-tar rmt-dump lsass reg.exe bcdboot bcdedit vssadmin wbadmin wevtutil wusa pkexec " +
  "phpinfo xterm rvim killall pkill poweroff iex iwr irm " +
  "iwmi icm saps gwmi invoke-expression invoke-webrequest invoke-restmethod invoke-command " +
  "start-process new-object add-type set-executionpolicy get-wmiobject get-process get-content " +
  "get-childitem out-file download-file dsquery nltest adfind net1 rasdial eventcreate perf";

const terse =
  "echo ll id ls cat ps pwd env cd cp mv rm ln dd df du tr vi ex ed bc at nc sc wc cc as ld ar ip w " +
  "dir del md rd ren cls ver vol tee grep set reg net ping ping6 fping seq stat arch who.exe diff " +
  "cmp mount umount ssh-agent rlogin rsh rcp rexec tty stty pax m4 nm lp lpr lpq atq bg fg jq ab " +
  "irc dc qx gcl gpg pr ptx cksum umask ulimit unset printf chcp erase tskill runas fc pushd popd " +
  "gc gci gwmi gps gsv ni ri sl sal";

const word =
  "time type find more less man make sort date sleep head tail top kill host test which who " +
  "whereis where touch file tree start copy move help print cut join split paste watch look last " +
  "history export source eval exec command trap wait read let true false yes exit link " +
  "mail users groups finger free hash factor fold expand unexpand column comm rename replace " +
  "label title call goto for if while until select pause shift times alias jobs service screen " +
  "script sum strings install nice nslookup.exe locate expr write wall mesg talk logger login " +
  "logout open say apply at.exe ansible.cfg chef docker-compose git svn hg go cargo mix bundle rake " +
  "apt snap pip.exe perldoc rpc ranger rip bridge patch timeout choice clip doskey subst sort.exe " +
  "format recover filter query change control explorer notepad calc mode path prompt popd rem assoc" +
  // Also names of technologies, in lists of skills and tags.
  " ansible apk arp basename composer dash dig dirname dnf docker emacs fetch fish ftp gem gtfo gzip hostname java kubectl lua lynx mongo mutt mysql nano nl node nodejs npm npx od openssl patch perf perl php pico pip pip3 psql puppet pypy python python2 python3 readlink reboot rev rpm rsync ruby shutdown sqlite3 ss ssh symlink tac tar telnet terraform unzip uptime vagrant vim yum zip";

/** Programs by their name in lower case, without ending. */
export const programs: ReadonlyMap<string, ProgramRank> = createPrograms();

function createPrograms(): ReadonlyMap<string, ProgramRank> {
  const table = new Map<string, ProgramRank>();
  for (const name of word.split(" ")) table.set(name, "word");
  for (const name of terse.split(" ")) table.set(name, "terse");
  for (const name of distinctive.split(" ")) table.set(name, "distinctive");
  return table;
}

/** Programs that run the program named after them. */
export const launchers: ReadonlySet<string> = new Set(
  (
    "time nohup strace ltrace sudo doas env exec command builtin xargs nice ionice watch timeout " +
    "setsid stdbuf eval busybox call start unbuffer chroot flock"
  ).split(" "),
);

/** Reserved words of a shell that a command may follow. */
export const reservedWords: ReadonlySet<string> = new Set(
  "if then else elif while until do ! { ( for in".split(" "),
);

/** Programs whose one argument is a number: how blind injections are timed. */
export const timers: ReadonlySet<string> = new Set("sleep usleep timeout ping wait".split(" "));

/** Words in lists of columns and keys, where `id` and `date` are not programs. */
export const fieldNames: ReadonlySet<string> = new Set(
  (
    "id name names title type types date time email mail status state user users username price " +
    "amount code key value label description desc created updated created_at updated_at version " +
    "uuid sku slug sort order count total url link tag tags category size color host port path " +
    "file source target from to first last firstname lastname phone address city zip country lang " +
    "language role group groups test env set text content body subject message comment comments"
  ).split(" "),
);

/** Absolute paths that globs such as `/???/c?t` and `/e*c/p*d` are spelled to reach. */
export const globTargets: readonly string[] = [
  "/etc/passwd",
  "/etc/shadow",
  "/etc/group",
  "/etc/hosts",
  "/etc/issue",
  "/etc/hostname",
  "/etc",
  ...(
    "cat ls id sh bash dash nc wget curl python python3 perl ping sleep uname whoami more less head tail " +
    "od nl tac rev find ps netcat busybox base64 php ruby telnet env pwd which touch cp tee awk sed grep printf"
  )
    .split(" ")
    .flatMap((name) => [`/bin/${name}`, `/usr/bin/${name}`]),
];
