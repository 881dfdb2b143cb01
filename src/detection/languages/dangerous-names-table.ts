/** Names inside of an interpreter that no honest expression mentions; lower case. */
export const internalNames: ReadonlySet<string> = words(`
  __class__ __mro__ __subclasses__ __globals__ __builtins__ __import__ __init__ __base__ __bases__
  __dict__ __getattribute__ __getitem__ __reduce__ __code__ __loader__ func_globals gi_frame f_globals
  _templatereference__context __self__ __proto__ subclasses getsubclasses
  getclass getclassloader classloader forname getruntime getdeclaredconstructors getdeclaredmethod
  newinstance processbuilder scriptenginemanager getenginebyname getprotectiondomain defineclass
  getmethod getmethods getconstructor memberaccess allowstaticmethodaccess servletactioncontext
  urlclassloader methodclosure groovyclassloader groovyshell objectconstructor jythonruntime
  mainmodule child_process _load getbuiltinmodule registerundefinedfiltercallback getfilter
  getstreamvariable secret_key
`);

/** Functions that run programs or code; lower case, without module. */
export const executingNames: ReadonlySet<string> = words(`
  system exec popen passthru shell_exec proc_open pcntl_exec eval evalsha execfile execsync
  execfilesync spawnsync fork_exec subprocess check_output getoutput instance_eval class_eval
  module_eval create_function call_user_func call_user_func_array preg_replace_callback assert
  phpinfo file_get_contents file_put_contents readfile highlight_file show_source base64_decode
  gzinflate str_rot13 gzuncompress readfilesync writefilesync readdirsync popen2 startfile
  getenv putenv
`);

/** Modules and classes through which programs are run or files are read; lower case. */
export const powerfulNames: ReadonlySet<string> = words(`
  os subprocess child_process fs runtime system process file io kernel dir socket commands pty
  platform importlib builtins sys ctypes shutil pickle
`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
