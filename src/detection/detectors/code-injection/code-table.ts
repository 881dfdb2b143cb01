/** How a name in a value tells that it is code. */
export type Trigger =
  /** Mentioned at all, it is an internal of an interpreter. */
  | "internal"
  /** A call of it runs programs or code. */
  | "executes"
  /** A call of it is what a script of PHP does; its name is hardly a word. */
  | "function"
  /** The same, but the name is a word of other languages too: the call must be the whole value. */
  | "common-function"
  /** What stands behind its dot or bracket decides. */
  | "module";

const triggers: Map<string, Trigger> = new Map();

function add(trigger: Trigger, names: string): void {
  for (const name of names.trim().split(/\s+/)) triggers.set(name, trigger);
}

add(
  "internal",
  `__import__ __subclasses__ __globals__ __builtins__ __mro__ __bases__ __getattribute__ __loader__
  getruntime processbuilder scriptenginemanager mainmodule _memberaccess allowstaticmethodaccess
  ognlcontext servletactioncontext getdeclaredconstructors getdeclaredmethod
  getbuiltinmodule child_process __js_function groovyclassloader methodclosure defineclass
  default_member_access excludedclasses excludedpackagenames`,
);
add(
  "executes",
  `system exec passthru shell_exec popen proc_open pcntl_exec eval assert create_function
  execsync execfile execfilesync spawnsync call_user_func call_user_func_array preg_replace
  instance_eval class_eval module_eval expect_popen runinthiscontext runinnewcontext
  wscript createobject`,
);
add(
  "function",
  `phpinfo base64_decode bzdecompress gzuncompress gzinflate gzdecode zlib_decode str_rot13 fsockopen pfsockopen
  file_get_contents file_put_contents readfile highlight_file show_source php_uname phpversion
  posix_getpwuid posix_getuid posix_geteuid posix_getlogin posix_kill posix_mkfifo posix_setuid
  posix_ttyname posix_uname posix_getegid posix_mknod
  get_defined_vars get_defined_functions get_current_user getmypid print_r var_dump var_export
  file_exists parse_ini_file parse_ini_string is_executable is_writable is_readable move_uploaded_file
  ini_set ini_get ini_alter ini_restore set_time_limit assert_options
  register_shutdown_function register_tick_function spl_autoload_register
  invokeargs ob_start unserialize php_strip_whitespace stream_socket_client stream_context_create
  fputcsv fgetcsv ftp_connect ftp_exec ftp_get ftp_put gzopen bzopen curl_exec curl_init
  func_get_args get_class_methods get_cfg_var getmyuid getlastmod sys_get_temp_dir
  disk_free_space disk_total_space escapeshellarg escapeshellcmd mysql_query mysqli_query
  pg_query sqlite_query socket_create socket_connect socket_bind tempnam tmpfile fpassthru openlog
  debug_backtrace debug_print_backtrace apache_child_terminate apache_setenv putenv
  flib_decode zlib_encode gzencode gzcompress gzwrite gzread bzread bzwrite readgzfile gzpassthru
  gzfile symlink mb_ereg_replace mb_eregi_replace preg_filter strip_tags
  simplexml_load_file simplexml_load_string domdocument
  reflectionfunction include_once require_once scandir
  filegetcontents image2wbmp imagecreatefromgif exif_read_data read_exif_data getimagesize
  is_array is_string is_numeric is_callable array_diff_ukey
  hash_file hash_hmac_file hash_update_file md5_file sha1_file finfo_open ob_get_contents
  ob_end_clean ob_get_clean ob_get_flush ob_end_flush rawurldecode zend_version mhash`,
);
add(
  "common-function",
  `chr ord file intval substr unpack pack include require link array_map array_filter array_walk usort
  uasort uksort getenv chmod chown chgrp mkdir rmdir unlink rename copy touch fopen fwrite fputs opendir readdir
  readlink glob header mail implode explode strrev die fread fscanf getcwd chdir chroot
  printenv extract compact sprintf constant define gethostbyname error_log syslog str_replace
  fgets fgetc ftell feof flock fseek fstat md5 crc32 sha1 fileperms filesize`,
);
add(
  "module",
  `os subprocess kernel io process fs require function runtime console module global globalthis
  java javax net commands pty platform importlib builtins ctypes shutil file open dir thread response
  print echo class new import objectspace`,
);

/** What names mean when they occur in a value; lower case. */
export const triggerOf: ReadonlyMap<string, Trigger> = triggers;

/** Modules of Node.js through which code leaves the process. */
export const nodeModules: ReadonlySet<string> = new Set(
  "child_process fs os net vm http https dns cluster worker_threads process module tls".split(" "),
);

/** Members of modules that run programs, end the process or open files; lower case. */
export const powerfulMembers: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    os: "system popen popen2 popen3 execv execl execve spawnl spawnv spawnlp environ listdir remove getenv kill putenv execute getpid getcwd uname",
    subprocess: "popen call run check_output check_call getoutput getstatusoutput",
    kernel: "exec system spawn exit fork eval open abort",
    io: "popen read readlines sysopen binread",
    process: "binding kill spawn exit mainmodule dlopen start env version argv cwd",
    fs: "readfile readfilesync writefile writefilesync readdir readdirsync unlinksync createreadstream appendfilesync",
    runtime: "exec getruntime",
    file: "read readlines open binread write delete unlink",
    dir: "entries glob children",
    commands: "getoutput getstatusoutput",
    pty: "spawn",
    importlib: "import_module",
    builtins: "exec eval open __import__",
    shutil: "rmtree copyfile",
    module: "exports _load constructor",
    global: "process require constructor",
    globalthis: "process require constructor",
    thread: "sleep",
    require: "main cache extensions",
    response: "write",
    objectspace: "each_object",
  }).map(([module, names]) => [module, new Set(names.split(" "))]),
);

/** Names of fields that are made for code. */
export const codeFieldNames: ReadonlySet<string> = new Set(
  "code script source snippet function handler lambda inline expression formula javascript js php python ruby program sourcecode source_code usercode init_script query_script".split(
    " ",
  ),
);
